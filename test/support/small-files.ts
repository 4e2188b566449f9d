import fc from 'fast-check'
import type { ApiCall } from '../../src/event/api-call.ts'
import { CallTableBuilder } from '../../src/event/table/call-table.ts'
import type { ObjectCommit } from '../../src/store/store.ts'

/** A file of a few calls, for tests of counting and of the store. */
export interface SmallFile {
  readonly key: string
  readonly stampMs: number | null
  readonly calls: readonly ApiCall[]
}

export const MIDNIGHT_MS: number = Date.UTC(2026, 2, 10)
const DAY_MS = 86_400_000

/** A call with everything filled in. */
export function aCall(parts: Partial<ApiCall> = {}): ApiCall {
  return {
    account: '111111111111',
    region: 'eu-west-1',
    category: 'Management',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    timeMs: MIDNIGHT_MS,
    errorCode: null,
    readOnly: false,
    identity: 'arn:aws:iam::111111111111:role/deploy',
    userAgent: 'terraform',
    resource: null,
    eventId: anId(1),
    replaces: null,
    ...parts,
  }
}

/** An event id of 32 hexadecimal digits. */
export function anId(number: number): string {
  return number.toString(16).padStart(8, '0').repeat(4)
}

/** What reading a file of these calls would commit. */
export function commitOf({ key, stampMs, calls }: SmallFile): ObjectCommit {
  const builder = new CallTableBuilder()
  for (const call of calls) builder.add(call)
  return {
    ledger: {
      ...{
        source: 'file',
        key,
        version: '1',
        sha256: `sha of ${key}`,
        outcome: 'done',
        code: null,
      },
      ...{ message: null, storedBytes: 10, inflatedBytes: 100, framing: 'records', stampMs },
      ...{ fromMs: null, untilMs: null },
    },
    name: null,
    calls: builder.build(),
    rejected: [],
    rejectedCounts: new Map(),
    insights: 0,
    read: calls.length,
  }
}

/** Few names, ids and moments, so that duplicates, conflicts, variants, addenda and full windows are common. */
export const anyCall: fc.Arbitrary<ApiCall> = fc
  .record({
    account: fc.constantFrom('111111111111', '222222222222'),
    region: fc.constantFrom('eu-west-1', 'us-east-1'),
    eventName: fc.constantFrom('RunInstances', '__proto__', 'lone \ud800 half'),
    errorCode: fc.constantFrom(null, null, 'AccessDenied', 'constructor'),
    second: fc.constantFrom(0, 1, 59, 60, 299, 300, 86_399, 86_400, 86_401),
    readOnly: fc.boolean(),
    identity: fc.constantFrom(null, 'alice', 'bob', 'carol', 'dan'),
    userAgent: fc.constantFrom(null, 'cli', '\ud801', '\ud802'),
    resource: fc.constantFrom(null, null, 'arn:aws:s3:::bucket'),
    id: fc.nat(7),
    replaces: fc.option(fc.nat(7), { freq: 8 }),
  })
  .map(({ second, id, replaces, ...parts }) =>
    aCall({
      ...parts,
      timeMs: MIDNIGHT_MS + second * 1000,
      eventId: anId(id),
      replaces: replaces === null ? null : anId(replaces),
    }),
  )

/** Files in an order that means nothing: without a stamp, in time, or so late that some calls no longer count. */
export const someFiles: fc.Arbitrary<readonly SmallFile[]> = fc
  .array(
    fc.record({
      stampMs: fc.constantFrom(null, MIDNIGHT_MS + 2 * DAY_MS, MIDNIGHT_MS + 36 * DAY_MS),
      calls: fc.array(anyCall, { maxLength: 12 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((files) => files.map((file, place) => ({ ...file, key: `/trail/${place}.json.gz` })))
