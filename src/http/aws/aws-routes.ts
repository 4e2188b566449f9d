import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessKey } from '../../base/access-key.ts'
import { Fault } from '../../base/fault.ts'
import { scopedEditor } from '../../store/scoped-editor.ts'
import { scopedReader } from '../../store/scoped-reader.ts'
import type { StoreEditor } from '../../store/store.ts'
import { type Audit, auditedEditor } from '../access/audit.ts'
import type { House, HttpApp } from '../http-types.ts'
import { isLoopback } from '../loopback.ts'
import { AwsError } from './aws-error.ts'
import type { AwsCaller } from './caller.ts'
import { inputOf } from './input.ts'
import type { AwsHouse, Operation } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { Replays } from './replays.ts'
import { verify } from './sigv4/verify.ts'
import { tokensWith } from './tokens.ts'

/** How AWS's clients are let in. */
export interface AwsAccess {
  /** The access keys there are now. */
  readonly keys: () => readonly AccessKey[]
  /** Whether requests without a signature are answered, from loopback addresses only. */
  readonly unsigned: boolean
}

const UNSIGNED: AwsCaller = {
  ...{ accessKeyId: null, signature: null, mayWrite: false, accounts: 'all', region: null },
}
const WIRE_TYPE = 'application/x-amz-json-1.1'
/** SDKs that Smithy makes, and botocore. */
const TARGETS = ['CloudTrail_20131101.', 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.']

/** The CloudTrail protocol, AWS JSON 1.1: `POST` at any path, so that AWS's own clients ask us with `--endpoint-url`. */
export function addAwsRoutes(
  app: HttpApp,
  house: House & {
    readonly aws: AwsAccess
    readonly editor: StoreEditor | null
    readonly audit: Audit
  },
): void {
  const { aws, now } = house
  const wire = {
    ...house,
    tokens: tokensWith(house.settings.cursorKey),
    replays: new Replays(),
    lastRunMs: () => house.store.runs(1)[0]?.finishedMs ?? null,
  }
  app.addContentTypeParser(WIRE_TYPE, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.route({
    method: 'POST',
    url: '/*',
    config: { access: 'signed' },
    schema: { hide: true },
    handler: async (request, reply) => {
      const [what, operation] = operationOf(request)
      const caller = callerOf(request, aws, now())
      const asked = { who: caller.accessKeyId, what, requestId: request.id }
      const output = operation(scoped(wire, caller, asked), caller, inputOf(bodyOf(request)))
      return answer(request, reply, 200, output)
    },
    errorHandler: (error, request, reply) => refuse(error, request, reply),
  })
}

/** The house as far as the caller's accounts reach; what is written in it is taken down. */
function scoped(
  { audit, ...house }: Omit<AwsHouse, 'deny'> & { readonly audit: Audit },
  { accounts }: AwsCaller,
  asked: Parameters<typeof auditedEditor>[1],
): AwsHouse {
  const isAll = accounts === 'all'
  const store = isAll ? house.store : scopedReader(house.store, accounts)
  const editor = isAll ? house.editor : house.editor && scopedEditor(house.editor, store, accounts)
  return {
    ...{ ...house, store, editor: editor && auditedEditor(editor, asked, audit) },
    deny: (result) => audit({ ...asked, target: null, result }),
  }
}

function operationOf({ headers }: FastifyRequest): readonly [name: string, Operation] {
  const target = String(headers['x-amz-target'] ?? '')
  const prefix = TARGETS.find((each) => target.startsWith(each))
  const name = target.slice(prefix?.length ?? 0)
  const operation = OPERATIONS.get(name)
  if (prefix === undefined || operation === undefined) {
    throw new AwsError(
      'UnknownOperationException',
      `X-Amz-Target names no operation that is answered here: ${[...OPERATIONS.keys()].join(', ')}`,
    )
  }
  return [name, operation]
}

function callerOf(
  request: FastifyRequest,
  { keys, unsigned }: AwsAccess,
  nowMs: number,
): AwsCaller {
  const isUnsigned = request.headers.authorization === undefined
  if (isUnsigned && unsigned && isLoopback(request.ip)) return UNSIGNED
  const { method, url = '/', rawHeaders } = request.raw
  return verify({ method: method ?? '', url, rawHeaders, body: bodyOf(request) }, keys(), nowMs)
}

/** The bytes as received; other content types come parsed, and are not ours. */
function bodyOf({ body }: FastifyRequest): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0)
  if (Buffer.isBuffer(body)) return body
  throw new AwsError('SerializationException', `Content-Type must be ${WIRE_TYPE}`)
}

function answer(request: FastifyRequest, reply: FastifyReply, status: number, body: object) {
  return reply
    .code(status)
    .header('x-amzn-requestid', request.id)
    .type(WIRE_TYPE)
    .serializer(JSON.stringify)
    .send(body)
}

function refuse(
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const known = asAws(error)
  if (known.status >= 500) request.log.error({ err: error }, known.name)
  return answer(request, reply, known.status, { __type: known.name, message: known.message })
}

/** A bug shows nothing of its inside. */
function asAws(error: Error & { statusCode?: number }): AwsError {
  if (error instanceof AwsError) return error
  if (error instanceof Fault) return new AwsError('ServiceUnavailable', error.message)
  if (error.statusCode === 415) {
    return new AwsError('SerializationException', `Content-Type must be ${WIRE_TYPE}`)
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new AwsError('SerializationException', error.message)
  }
  return new AwsError('InternalFailure', 'unexpected; the log has it under the request id')
}
