import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import type { HttpApp, PagedHouse } from '../http-types.ts'
import { insightFields, insightFilterFrom } from '../query/filters.ts'
import { sendProblem } from '../reply/fault-reply.ts'
import { changesAsEvents } from '../stream/changes.ts'

/** Streams held open at once: each costs a look at the store a second. */
const MOST_STREAMS = 64

const StreamQuery = Type.Object(
  {
    ...insightFields,
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description:
          'Begin behind the change of that number; 0: with every insight there is. `Last-Event-ID` wins; without both, what changes from now on.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** `/v1/stream`: insights as they come, change and end. */
export function addStreamRoute(app: HttpApp, { now, settings }: PagedHouse): void {
  const open = new Set<AbortController>()
  app.addHook('preClose', async () => {
    for (const each of open) each.abort()
  })
  app.get(
    '/v1/stream',
    {
      config: { access: 'account' },
      schema: {
        summary:
          'Insights as they come (`new`), change (`updated`), end (`ended`) and are taken back (`retracted`): server-sent events.',
        querystring: StreamQuery,
        response: {
          200: {
            description:
              'Events whose id is the number of a change; a client that comes again names the last one in `Last-Event-ID`. Ends after 15 minutes.',
            content: { 'text/event-stream': { schema: Type.String() } },
          },
        },
      },
    },
    async (request, reply) => {
      const { headers, method, reader } = request
      const { after, ...query } = request.query
      if (open.size >= MOST_STREAMS) {
        reply.header('retry-after', '10')
        const detail = `${MOST_STREAMS} streams are open: close some, or ask again later`
        return sendProblem(request, reply, { code: 'TOO_MANY_REQUESTS', detail })
      }
      const filter = { ...insightFilterFrom(query, now()), retracted: query.retracted ?? true }
      const ask = { filter, after: lastKnown(headers) ?? after ?? reader.lastChange() }
      reply.type('text/event-stream; charset=utf-8').header('x-accel-buffering', 'no')
      if (method === 'HEAD') return reply.send('')
      const end = new AbortController()
      open.add(end)
      const events = Readable.from(changesAsEvents(reader, ask, settings.stream, end.signal))
      reply.raw.on('close', () => {
        end.abort()
        open.delete(end)
      })
      return reply.serializer((text: string) => text).send(events as never)
    },
  )
}

/** What browsers and other clients of streams say when they come again. */
function lastKnown(headers: Readonly<Record<string, unknown>>): number | undefined {
  const given = headers['last-event-id']
  if (given === undefined || given === '') return undefined
  const known = Number(given)
  if (!Number.isSafeInteger(known) || known < 0) {
    throw new Fault('USAGE', `Last-Event-ID is '${given}', and no event had that id`)
  }
  return known
}
