import { finished } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import type { InboxDoor } from '../../sink/inbox.ts'
import type { House, HttpApp } from '../http-types.ts'
import { PUSH_LIMITS } from '../limits.ts'
import { sendProblem } from '../reply/fault-reply.ts'

const closed = { additionalProperties: false }
const Count = Type.Integer({ minimum: 0 })

const Occupied = Type.Object(
  {
    waiting: Type.Object({ files: Count, bytes: Count }, closed),
    limits: Type.Object({ files: Count, bytes: Count, bodyBytes: Count }, closed),
  },
  closed,
)

const Receipt = Type.Object(
  {
    id: Type.String({
      description: 'SHA-256 of the body; the ledger and the quarantine name it inbox://ID.',
    }),
    bytes: Count,
    repeated: Type.Boolean({ description: 'The same body was waiting already.' }),
  },
  closed,
)

const MEDIA_TYPES = [
  ...['application/json', 'application/x-ndjson', 'application/gzip', 'application/octet-stream'],
] as const
const EXAMPLE = {
  ...{
    eventTime: '2026-10-21T02:35:00Z',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
  },
  ...{ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
}
const ENCODINGS = ['', 'identity', 'gzip']
/** Runs of a schedule are minutes apart. */
const FULL_RETRY_SECONDS = 60
const BUSY_RETRY_SECONDS = 1

/** `/v1/events`: events that are pushed wait in the inbox for the next run, and nobody looks into them here. */
export async function addEventRoutes(
  app: HttpApp,
  { inbox, settings }: Pick<House, 'settings'> & { readonly inbox: InboxDoor | null },
): Promise<void> {
  app.get(
    '/v1/events',
    {
      config: { access: 'whole' },
      schema: {
        summary: 'How much of what was pushed waits for a run, and how much may.',
        response: { 200: Occupied },
      },
    },
    async () => ({
      waiting: (await inbox?.occupancy()) ?? { files: 0, bytes: 0 },
      limits: { ...settings.detection.inbox, bodyBytes: PUSH_LIMITS.bodyBytes },
    }),
  )
  // Its bodies are bytes, whatever they are said to be; those of other routes are not.
  await app.register(async (scope: HttpApp) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    addPush(scope)
  })
}

function addPush(scope: HttpApp): void {
  scope.post(
    '/v1/events',
    {
      config: { access: 'push' },
      bodyLimit: PUSH_LIMITS.bodyBytes,
      onRequest: [refuseUnfit, boundAtOnce()],
      schema: {
        summary:
          'Takes CloudTrail records for the next run to count: one, an array, `{"Records":[…]}`, one a line, or as EventBridge wraps them; plain or gzip.',
        consumes: [...MEDIA_TYPES],
        body: Type.Unknown({ examples: [EXAMPLE] }),
        response: { 202: { description: 'It lies on the disk.', ...Receipt } },
      },
    },
    async (request, reply) => {
      const { body, inbox } = request
      if (!Buffer.isBuffer(body) || body.length === 0)
        throw new Fault('USAGE', 'the body is empty: send CloudTrail records')
      const { id, bytes, result } = await inbox.put(body)
      if (result !== 'full') return reply.code(202).send({ id, bytes, repeated: result !== 'done' })
      const detail =
        'the inbox has no room for this before the next run: send it again later, or raise inbox.files and inbox.bytes'
      reply.header('retry-after', FULL_RETRY_SECONDS)
      return sendProblem(request, reply, { code: 'INBOX_FULL', detail })
    },
  )
}

/** Refuses, before anything of it is read, a body of another type or too large a one. */
async function refuseUnfit(request: FastifyRequest, reply: FastifyReply) {
  const { headers } = request
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase()
  if (type !== '' && !(MEDIA_TYPES as readonly string[]).includes(type)) {
    const detail = `Content-Type is ${type}: send one of ${MEDIA_TYPES.join(', ')}`
    return sendProblem(request, reply, { code: 'UNSUPPORTED_MEDIA_TYPE', detail })
  }
  if (!ENCODINGS.includes(encoding)) {
    const detail = `Content-Encoding is ${encoding}: send gzip, or leave it out`
    return sendProblem(request, reply, { code: 'UNSUPPORTED_MEDIA_TYPE', detail })
  }
  if (Number(headers['content-length'] ?? 0) > PUSH_LIMITS.bodyBytes) {
    const detail = `the body has more than ${PUSH_LIMITS.bodyBytes} bytes: compress it with gzip, or send it in several`
    return sendProblem(request, reply, { code: 'REQUEST_TOO_LARGE', detail })
  }
  return undefined
}

/** Bodies are held whole while they come, so there may be only so many. */
function boundAtOnce() {
  let underWay = 0
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (underWay >= PUSH_LIMITS.atOnce) {
      const detail = `${PUSH_LIMITS.atOnce} bodies are on their way in: send it again`
      reply.header('retry-after', BUSY_RETRY_SECONDS)
      return sendProblem(request, reply, { code: 'TOO_MANY_REQUESTS', detail })
    }
    underWay += 1
    finished(reply.raw, () => {
      underWay -= 1
    })
    return undefined
  }
}
