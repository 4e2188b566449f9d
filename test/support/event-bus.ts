import type { Received, Reply } from './receiver.ts'
import { receiver } from './receiver.ts'

/** An entry that the bus took. */
export interface BusEntry {
  readonly Source: string
  readonly DetailType: string
  readonly Detail: string
  readonly Time: number
  readonly EventBusName?: string
}

const FIELDS = ['Time', 'Source', 'Resources', 'DetailType', 'Detail', 'EventBusName']
const MOST_ENTRIES = 10
const MOST_BYTES = 256 * 1024

/**
 * PutEvents on loopback, as strict as AWS documents it: ten entries and 256 KB at most, no source that is AWS's own, detail a JSON object,
 * a bus that exists. `fail` makes a call or an entry fail.
 */
export async function eventBus(fail: (count: number) => 'call' | 'entry' | null = () => null) {
  const taken: BusEntry[] = []
  const reply = (request: Received, count: number): Reply => {
    const refusal = refusalOf(request)
    if (refusal !== null) return error(400, refusal)
    const { Entries } = JSON.parse(request.body) as { Entries: readonly BusEntry[] }
    const failing = fail(count)
    if (failing === 'call') return error(500, 'InternalException')
    const results = Entries.map((entry, at) => {
      const ErrorCode = failing === 'entry' ? 'ThrottlingException' : entryProblem(entry)
      if (ErrorCode !== null) return { ErrorCode, ErrorMessage: 'no' }
      taken.push(entry)
      return { EventId: `event-${count}-${at}` }
    })
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length
    return answer(200, { FailedEntryCount, Entries: results })
  }
  const { url, received } = await receiver(reply)
  return { url, taken, calls: received }
}

function refusalOf({ headers, body }: Received): string | null {
  if (headers['x-amz-target'] !== 'AWSEvents.PutEvents') return 'UnknownOperationException'
  if (headers['content-type'] !== 'application/x-amz-json-1.1') return 'SerializationException'
  const signed = /Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/events\/aws4_request/
  if (!signed.test(String(headers.authorization))) return 'InvalidSignatureException'
  const { Entries, ...more } = JSON.parse(body) as { Entries?: readonly object[] }
  const isList = Array.isArray(Entries) && Entries.length > 0 && Entries.length <= MOST_ENTRIES
  if (!isList || Object.keys(more).length > 0) return 'ValidationException'
  if (Buffer.byteLength(body) > MOST_BYTES) return 'RequestEntityTooLarge'
  return null
}

function entryProblem(entry: BusEntry): string | null {
  const { Source = '', DetailType = '', Detail, Time, EventBusName = 'default' } = entry
  if (Object.keys(entry).some((field) => !FIELDS.includes(field))) return 'ValidationException'
  if (Source === '' || DetailType === '' || DetailType.length > 128) return 'InvalidArgument'
  if (Source.startsWith('aws.')) return 'NotAuthorizedForSourceException'
  if (!isObject(Detail)) return 'MalformedDetail'
  if (typeof Time !== 'number') return 'InvalidArgument'
  return ['default', 'alerts'].includes(EventBusName) ? null : 'ResourceNotFoundException'
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

const answer = (status: number, body: object): Reply => ({
  ...{
    status,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/x-amz-json-1.1' },
  },
})
const error = (status: number, type: string): Reply =>
  answer(status, { __type: type, message: 'no' })
