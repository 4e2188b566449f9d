import type { Settings } from '../../base/settings.ts'
import { rfc3339 } from '../../base/times.ts'
import type { Insight } from '../../insight/insight.ts'
import type { PublishedInsight } from '../../insight/published.ts'
import { isOfAws } from '../../insight/record.ts'
import { isSwitchedOn } from '../../insight/selection.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import { isOutOfProfile } from '../decide-account.ts'
import { whyOf } from '../why.ts'
import { endOf } from './side-by-side.ts'

const MINUTE_MS = 60_000

/** Why Offtrail did not find what AWS found: one sentence, from the store's counts, expectations and scores at that time. */
export function whyAwsAlone(store: StoreReader, settings: Settings, aws: PublishedInsight): string {
  const series = seriesOf(store, aws)
  if (typeof series === 'string') return series
  if (isOutOfProfile(series, aws.errorCode, settings))
    return 'Reads are left out of the call rate by the profile insights.'
  const category = series.category === 'Management' ? 'Management' : 'Data'
  const selector = { account: aws.account, insightType: aws.insightType, category } as const
  if (!isSwitchedOn(store.selectorChanges(), selector, aws.startMs))
    return `${aws.insightType} was switched off for ${category} events then.`
  const { fullest, count } = windowsOf(store, series, aws, settings.windowMinutes)
  const why = whyOf(store, settings)(series.id, fullest, aws.errorCode)
  if (count > 0 || why.verdict === 'incomplete') return why.sentence
  const counted = Math.round(aws.insightAverage * aws.minutes)
  if (counted === 0) return why.sentence
  return `No counts of that API in the store from ${rfc3339(aws.startMs)} to ${rfc3339(endOf(aws))}, where AWS counted ${counted}: are trail files missing?`
}

/** Why AWS did not find what Offtrail found, as far as AWS says what it looks at. */
export function whyOfftrailAlone(insight: Insight): string {
  const { insightType, category, readOnly } = insight
  if (!isOfAws(insight)) return `CloudTrail Insights has no ${insightType}.`
  if (category === 'NetworkActivity')
    return 'CloudTrail Insights does not analyse network activity events.'
  if (insightType === 'ApiCallRateInsight' && category === 'Management' && readOnly)
    return 'CloudTrail Insights looks at writes alone for the call rate of management events.'
  return 'CloudTrail Insights does not say why it stays quiet.'
}

/** The series AWS speaks of, or a sentence where there is none. */
function seriesOf(
  store: StoreReader,
  { account, region, category, eventSource, eventName }: PublishedInsight,
): SeriesRow | string {
  if (!store.accounts().some((each) => each.account === account))
    return `No counts of account ${account} in the store.`
  const filter = {
    ...{ account: [account], region: [region] },
    ...{ eventSource: [eventSource], eventName: [eventName] },
  }
  const { rows } = store.series(filter, { limit: 10, after: null })
  const series = rows.find((row) => row.category === (category ?? 'Management')) ?? rows[0]
  return series ?? 'No counts of that API in the store.'
}

/** The window with the most calls, or errors of the code, while AWS's insight lasted, epoch milliseconds; and all of them. */
function windowsOf(
  store: StoreReader,
  { ref }: SeriesRow,
  aws: PublishedInsight,
  windowMinutes: number,
): { readonly fullest: number; readonly count: number } {
  const fromMinute = Math.floor(aws.startMs / MINUTE_MS)
  const untilMinute = Math.max(fromMinute + 1, Math.ceil(endOf(aws) / MINUTE_MS))
  const { minutes, codes, counts } = store.minuteCells(ref, fromMinute, untilMinute)
  const names = store.codeNames()
  const windows = new Map<number, number>()
  let count = 0
  for (const [at, minute] of minutes.entries()) {
    if (aws.errorCode !== null && names[codes[at] ?? 0] !== aws.errorCode) continue
    const calls = counts[at] ?? 0
    const start = Math.floor(minute / windowMinutes) * windowMinutes
    windows.set(start, (windows.get(start) ?? 0) + calls)
    count += calls
  }
  const [fullest] = [...windows].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [fromMinute]
  return { fullest: fullest * MINUTE_MS, count }
}
