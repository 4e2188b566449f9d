import { Fault } from '../base/fault.ts'
import { rfc3339 } from '../base/times.ts'
import { AGGREGATE_TITLES } from '../insight/aggregate.ts'
import type { Insight } from '../insight/insight.ts'
import { shortPrincipal } from '../insight/principal.ts'
import { insightView } from '../insight/view.ts'
import { type Evidence, evidenceFor, lookupCommand } from '../pipeline/evidence.ts'
import { recordsAsNdjson } from '../sink/insights-as-json.ts'
import { safe } from '../sink/safe.ts'
import type { StoreReader } from '../store/store.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { counted } from './progress.ts'
import { settingsFor } from './stores.ts'

/** The insight an id, or an unambiguous beginning of one, names. Throws `NOT_FOUND` or `USAGE`. */
export function findInsight(store: StoreReader, id: string): Insight {
  const exact = store.insightById(id)
  if (exact !== undefined) return exact.insight
  const matches: Insight[] = []
  let after: string | null = null
  do {
    const page = store.insights({}, '-startTime', { limit: 500, after })
    matches.push(
      ...page.rows.map(({ insight }) => insight).filter((insight) => insight.id.startsWith(id)),
    )
    after = page.next
  } while (after !== null)
  const [only, ...others] = matches
  if (only === undefined)
    throw new Fault('NOT_FOUND', `no insight has the id ${id}: offtrail insights list prints ids`)
  if (others.length > 0)
    throw new Fault('USAGE', `${matches.length} insights begin with ${id}: give more of the id`)
  return only
}

/** What `insights show` is asked for. */
export interface ShowFlags {
  readonly store: string
  readonly config?: string
  readonly events?: boolean
  readonly records?: boolean
  readonly strict?: boolean
  readonly json?: boolean
}

/** Prints one insight: in words, as JSON, as CloudTrail Insights records, or with the calls behind it. */
export async function showInsight(
  insight: Insight,
  store: StoreReader,
  flags: ShowFlags,
  house: House,
): Promise<void> {
  const { out } = house.terminal
  if (flags.records === true)
    return out(recordsAsNdjson([insight], { strict: flags.strict === true }))
  if (flags.events === true) return showEvents(insight, store, flags, house)
  out(flags.json === true ? jsonText(insightView(insight)) : wordsOf(insight))
}

async function showEvents(
  insight: Insight,
  store: StoreReader,
  flags: ShowFlags,
  { terminal, exitWith }: House,
): Promise<void> {
  const { calls, lost } = await evidenceFor(insight, store, settingsFor(store, flags))
  for (const { file, reason } of lost)
    terminal.err(`! ${safe(file)} cannot be read again: ${safe(reason)}\n`)
  if (lost.length > 0) exitWith(3)
  const lookup = lookupCommand(insight)
  terminal.out(
    flags.json === true
      ? jsonText({ insight: insightView(insight), calls: calls.map(callView), lookup })
      : `${wordsOf(insight)}\n${calls.map(callLine).join('')}${counted(calls.length, 'call')}. From the account's own event history:\n  ${safe(lookup)}\n`,
  )
}

function callView({ timeMs, ...call }: Evidence): object {
  return { time: rfc3339(timeMs), ...call }
}

function callLine({ timeMs, eventId, identity, errorCode, file }: Evidence): string {
  const parts = [rfc3339(timeMs), eventId, identity ?? '-', errorCode ?? 'ok', file]
  return `${parts.map(safe).join('  ')}\n`
}

function wordsOf(insight: Insight): string {
  const { id, account, region, startMs, endMs, severity, baseline, trigger } = insight
  const span =
    endMs === null
      ? `since ${rfc3339(startMs)}, still open`
      : `${rfc3339(startMs)} to ${rfc3339(endMs)}`
  const lines = [
    `${titleOf(insight)}  ${span}`,
    `account ${account}, ${region}; severity ${severity}; ${insight.direction === 'up' ? 'a rise' : 'a fall'}`,
    insight.explanation,
    `per minute: ${trigger.average} in the ${trigger.duration} minutes that fired, ${baseline.average} over the ${baseline.duration} minutes before`,
    ...(insight.principal === null
      ? []
      : [`by ${shortPrincipal(insight.principal)} (${insight.principal})`]),
    `insight ${id}`,
    ...apiLines(insight),
    ...(insight.incident === '' ? ['information, no alarm'] : [`incident ${insight.incident}`]),
  ]
  return `${lines.map(safe).join('\n')}\n`
}

function titleOf({ eventSource, eventName, errorCode, aggregate }: Insight): string {
  if (aggregate !== null) return `${AGGREGATE_TITLES[aggregate.kind]}, over all APIs`
  return `${eventSource}:${eventName}${errorCode === null ? '' : ` ${errorCode}`}`
}

/** The APIs behind an aggregate, most unusual first. */
function apiLines({ aggregate }: Insight): readonly string[] {
  if (aggregate === null) return []
  const width = Math.max(0, ...aggregate.topApis.map(({ calls }) => String(calls).length))
  const more = aggregate.apiCount - aggregate.topApis.length
  return [
    `${counted(aggregate.apiCount, 'API')}, the most unusual first:`,
    ...aggregate.topApis.map(({ api, calls }) => `  ${String(calls).padStart(width)}  ${api}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}
