import { Fault } from '../base/fault.ts'
import type { Settings } from '../base/settings.ts'
import { rfc3339 } from '../base/times.ts'
import type { ApiCall, FileContext } from '../event/api-call.ts'
import { readTrailFile } from '../event/read-trail-file.ts'
import { ALL_REGIONS } from '../insight/aggregate.ts'
import { isDenied } from '../insight/denied.ts'
import type { Insight } from '../insight/insight.ts'
import { localFiles } from '../source/local-files.ts'
import type { LedgerRow, StoreReader } from '../store/store.ts'
import { shellWord } from './shell-word.ts'

/** One call behind an insight, and the file it stands in. */
export interface Evidence {
  readonly timeMs: number
  /** As CloudTrail writes it where it is a GUID. */
  readonly eventId: string
  readonly identity: string | null
  readonly userAgent: string | null
  readonly errorCode: string | null
  readonly file: string
}

/** A file of the ledger that could not be read again. */
export interface LostFile {
  readonly file: string
  readonly reason: string
}

/** The account of records that name none, where a run was not told one. */
const UNKNOWN = 'unknown'

/**
 * The calls behind an insight, oldest first, out of the trail files the ledger names: the store keeps counts, not records.
 * Files that are gone, damaged or came through a pipe are reported, not fatal. A call that stands in several files is shown
 * once, and one that an addendum replaced is not.
 */
export async function evidenceFor(
  insight: Insight,
  store: StoreReader,
  settings: Settings,
): Promise<{ readonly calls: readonly Evidence[]; readonly lost: readonly LostFile[] }> {
  const fromMs = insight.startMs
  const untilMs = insight.endMs ?? insight.trigger.untilMs
  // Records that name no account were counted as --account said, or under a name that shows it did not.
  const isUnnamed = store.accounts().some(({ account }) => account === UNKNOWN)
  const account = isUnnamed ? null : insight.account
  const found = new Map<string, Evidence>()
  const replaced = new Set<string>()
  const lost: LostFile[] = []
  for (const row of store.ledger({ overlapsMs: { fromMs, untilMs } })) {
    const context = { account, stampMs: row.stampMs, limits: settings.limits }
    const reason = await searchFile(row, context, (call) => {
      if (!isBehind(call, insight)) return
      if (call.replaces !== null) replaced.add(asGuid(call.replaces))
      if (call.timeMs >= fromMs && call.timeMs < untilMs) keepFirst(found, evidenceOf(call, row))
    })
    if (reason !== null) lost.push({ file: row.key, reason })
  }
  const calls = [...found.values()]
    .filter(({ eventId }) => !replaced.has(eventId))
    .sort((a, b) => a.timeMs - b.timeMs || (a.eventId < b.eventId ? -1 : 1))
  return { calls, lost }
}

function evidenceOf({ timeMs, eventId, ...call }: ApiCall, { key }: LedgerRow): Evidence {
  const { identity, userAgent, errorCode } = call
  return { timeMs, eventId: asGuid(eventId), identity, userAgent, errorCode, file: key }
}

function keepFirst(found: Map<string, Evidence>, evidence: Evidence): void {
  if (!found.has(evidence.eventId)) found.set(evidence.eventId, evidence)
}

/** Reads a file of the ledger again; answers why that was not possible, or null. */
async function searchFile(
  row: LedgerRow,
  context: FileContext,
  take: (call: ApiCall) => void,
): Promise<string | null> {
  if (row.source === 'stdin') return 'standard input cannot be read again'
  if (row.source === 'inbox') return 'what was pushed was counted, not kept'
  if (row.source === 'sqs') return 'what a queue brought was counted, not kept'
  if (row.source === 's3') return 'objects of a bucket are not fetched again'
  if (row.source !== 'file') return 'the answers of LookupEvents were counted, not kept'
  try {
    for await (const entry of localFiles([row.key]).list()) {
      if (entry.kind === 'unreadable') return entry.message
      const account = entry.name?.account ?? context.account
      const { outcome, message } = await readTrailFile(
        entry.open(),
        { ...context, account },
        (reading) => {
          if (reading.kind === 'call') take(reading.call)
        },
      )
      if (outcome === 'failed') return message ?? 'it is damaged now'
    }
    return null
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}

function isBehind(call: ApiCall, insight: Insight): boolean {
  return insight.aggregate === null ? isOfApi(call, insight) : isOfSum(call, insight)
}

/** Of an aggregate all calls that it looks at: no call by itself is a different API. */
function isOfSum(call: ApiCall, { account, region, principal, aggregate }: Insight): boolean {
  return (
    call.account === account &&
    (region === ALL_REGIONS || call.region === region) &&
    (aggregate?.scope !== 'principal' || call.identity === principal) &&
    (aggregate?.kind !== 'denials' || isDenied(call.errorCode))
  )
}

function isOfApi(call: ApiCall, insight: Insight): boolean {
  return (
    call.eventName === insight.eventName &&
    call.eventSource === insight.eventSource &&
    call.region === insight.region &&
    call.account === insight.account &&
    call.category === insight.category &&
    (insight.errorCode === null || call.errorCode === insight.errorCode)
  )
}

function asGuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The AWS command line that lists the same calls from the account's event history (90 days, management events). */
export function lookupCommand(insight: Insight): string {
  const attribute = `AttributeKey=EventName,AttributeValue=${insight.eventName}`
  const isSum = insight.aggregate !== null
  const until = insight.endMs ?? insight.trigger.untilMs
  return [
    'aws cloudtrail lookup-events',
    ...(insight.region === ALL_REGIONS ? [] : [`--region ${shellWord(insight.region)}`]),
    ...(isSum ? [] : [`--lookup-attributes ${shellWord(attribute)}`]),
    `--start-time ${rfc3339(insight.startMs)} --end-time ${rfc3339(until)}`,
  ].join(' ')
}
