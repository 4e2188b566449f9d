import { type JudgedHistory, judgeAlarms, type Sensitivity } from '../../../models/index.ts'
import type { CountTable } from '../../source/counts/count-table.ts'
import type { CountLabel } from '../../source/counts/labels-file.ts'
import { GRACE_MS } from '../catch.ts'
import type { CountEvent } from '../counts/count-events.ts'
import type { ScoredCounts } from '../score-counts.ts'

const WEEK_MS = 7 * 86_400_000

/** What counts are judged by: events and labels that begin in `[fromMs, untilMs)`, epoch milliseconds. */
export interface CountsAsk {
  readonly labels: readonly CountLabel[]
  readonly fromMs: number
  readonly untilMs: number
}

/**
 * Decides scored counts with a sensitivity, as `offtrail score` does, and holds the events against labels: each event is an
 * incident by itself, and all keys are one account.
 */
export function backtestCounts(
  scored: ScoredCounts,
  table: CountTable,
  { sensitivity, ...ask }: CountsAsk & { readonly sensitivity: Sensitivity },
): JudgedHistory {
  const bucketMs = new Map(table.series.map(({ key, bucketS }) => [key, bucketS * 1000]))
  const isIn = ({ startMs }: { readonly startMs: number }): boolean =>
    startMs >= ask.fromMs && startMs < ask.untilMs
  const labels = ask.labels.filter(isIn)
  const alarms = scored
    .events(sensitivity)
    .filter(isIn)
    .map((event, place) => {
      const detectedMs = event.startMs + (bucketMs.get(event.key) ?? 0)
      const about = labels.flatMap((label, at) =>
        isAboutLabel({ ...event, detectedMs }, label) ? [at] : [],
      )
      return { incident: String(place), surprise: event.score, detectedMs, labels: about }
    })
  const span = Math.min(ask.untilMs, table.endMs) - Math.max(ask.fromMs, table.startMs)
  return judgeAlarms(alarms, labels, Math.max(0, span) / WEEK_MS)
}

/** Whether an event is about a label: the same key and metric, fired while it lasted or soon after. */
function isAboutLabel(
  event: CountEvent & { readonly detectedMs: number },
  label: CountLabel,
): boolean {
  return (
    event.key === label.key &&
    (label.metric === null || event.metric === label.metric) &&
    (label.kind === 'drop') === (event.direction === 'down') &&
    event.detectedMs > label.startMs &&
    event.detectedMs <= label.endMs + GRACE_MS
  )
}
