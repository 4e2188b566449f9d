import { rfc3339 } from '../base/times.ts'
import { DELIVERY_LAG_MINUTES } from '../bucket/completeness.ts'
import { COVERAGE_HOUR_MS, type CoverageStretch } from '../store/coverage.ts'
import type { StoreReader } from '../store/store.ts'
import { coverageWindows } from './coverage-windows.ts'
import type { JudgedWindow, Judgement } from './judgement.ts'

/** A judgement of calls that were expected, with what digests have to do with it: that falls were not judged, or could be. */
export function withCoverage(
  judgement: Judgement,
  context: JudgedWindow,
  store: StoreReader,
): Judgement {
  const words = wordsOf(judgement, context, store)
  if (words === null) return judgement
  return {
    ...judgement,
    gates: [...judgement.gates, words],
    sentence: `${judgement.sentence} ${words[0]?.toUpperCase()}${words.slice(1)}.`,
  }
}

function wordsOf(
  { verdict }: Judgement,
  { series, errorCode, expectation, score, window, windowMinutes }: JudgedWindow,
  store: StoreReader,
): string | null {
  if (errorCode !== null || expectation === null || verdict === 'incomplete') return null
  const judged = { from: score?.fromWindow ?? window, until: score?.untilWindow ?? window + 1 }
  const minutes = {
    fromMinute: judged.from * windowMinutes,
    untilMinute: judged.until * windowMinutes,
  }
  const known = coverageWindows(store, series.account, minutes, windowMinutes)(series.region)
  const touches = ({ from, until }: { from: number; until: number }): boolean =>
    from < judged.until && until > judged.from
  if (known?.lost.some(touches)) return lostWords(store, series, minutes)
  const isProven = known?.proven.some(
    ({ from, until }) => from <= judged.from && judged.until <= until,
  )
  if (score?.direction !== 'down' || isProven !== true) return null
  return 'the silence is proven: digests name every log of that time, and all of them were read'
}

function lostWords(
  store: StoreReader,
  { account, region }: JudgedWindow['series'],
  { fromMinute, untilMinute }: { readonly fromMinute: number; readonly untilMinute: number },
): string {
  const lost = store
    .coverage({
      ...{ account: [account], region: [region], fromMs: fromMinute * 60_000 },
      untilMs: (untilMinute + DELIVERY_LAG_MINUTES) * 60_000,
    })
    .filter(({ state }) => state !== 'proven')
  return `no fall is judged, and nothing learned, where calls may be lost: ${lost.map(stretchWords).join(', ')} (offtrail coverage)`
}

const stretchWords = ({ fromHour, untilHour, state }: CoverageStretch): string =>
  `${state} from ${rfc3339(fromHour * COVERAGE_HOUR_MS)} to ${rfc3339(untilHour * COVERAGE_HOUR_MS)}`
