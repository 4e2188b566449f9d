import { type JudgedHistory, judgeAlarms } from '../../../models/index.ts'
import type { Label } from '../../base/label.ts'
import type { Settings } from '../../base/settings.ts'
import { type Insight, isAlarm } from '../../insight/insight.ts'
import type { StoreReader } from '../../store/store.ts'
import { isAbout } from '../catch.ts'
import { decideAccount } from '../decide-account.ts'
import { scoredFor } from '../drops/scored-anew.ts'
import { knownLabels } from './known-labels.ts'

const WEEK_MS = 7 * 86_400_000

/** What history is judged by, beside the labels and verdicts in the store. */
export interface BacktestAsk {
  readonly labels: readonly Label[]
  /** Insights that began in [fromMs, untilMs) count, epoch milliseconds. */
  readonly fromMs: number
  readonly untilMs: number
}

/** Every insight that these settings would have raised on the whole history: what a run with them would leave standing. */
export function decideHistory(store: StoreReader, settings: Settings): readonly Insight[] {
  const scored = scoredFor(store, settings)
  return store.accounts().flatMap(({ account }) => decideAccount(scored, account, settings))
}

/**
 * Decides a store's history again with other settings and holds it against labels. Nothing is learned or scored anew, unless
 * suppressions drop other calls from the counts than when it was scored, so what comes out is, to the unit, what a run with these settings reports.
 */
export function backtest(store: StoreReader, settings: Settings, ask: BacktestAsk): JudgedHistory {
  const labels = labelsIn(store, ask)
  const alarms = decideHistory(store, settings)
    .filter((insight) => isAlarm(insight) && isInSpan(ask, insight.startMs))
    .map((insight) => ({
      ...{ incident: insight.incident, surprise: insight.peakScore },
      ...{ detectedMs: insight.detectedMs, labels: labelsAbout(insight, labels) },
    }))
  return judgeAlarms(alarms, labels, accountWeeksOf(store, ask))
}

/** What is labelled in the span asked for: by hand, and by labels and verdicts in the store. */
export function labelsIn(store: StoreReader, ask: BacktestAsk): readonly Label[] {
  return knownLabels(store, ask.labels).filter(({ startMs }) => isInSpan(ask, startMs))
}

/** The labels that an insight is about, by place. */
export function labelsAbout(insight: Insight, labels: readonly Label[]): readonly number[] {
  return labels.flatMap((label, place) => (isAbout(insight, label) ? [place] : []))
}

function isInSpan({ fromMs, untilMs }: BacktestAsk, ms: number): boolean {
  return ms >= fromMs && ms < untilMs
}

/** Accounts times weeks that the store knows of in the span. */
export function accountWeeksOf(store: StoreReader, { fromMs, untilMs }: BacktestAsk): number {
  const spans = store.accounts().map(({ firstMinute, regions }) => {
    const knownMs = Math.max(0, ...regions.map(({ watermarkMs }) => watermarkMs))
    return Math.max(0, Math.min(untilMs, knownMs) - Math.max(fromMs, firstMinute * 60_000))
  })
  return spans.reduce((sum, span) => sum + span, 0) / WEEK_MS
}
