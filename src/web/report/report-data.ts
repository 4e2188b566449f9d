import type {
  Evidence,
  Exclusions,
  Incident,
  Insight,
  Series,
  Stretch,
  WholeInsight,
} from '../api/answers.ts'

/** Points of one series or error code, a number a point in each column. */
export interface PointColumns {
  readonly series: string
  readonly errorCode: string | null
  readonly startTime: string
  /** Seconds of one point. */
  readonly period: number
  readonly count: readonly number[]
  readonly expected: readonly (number | null)[]
  readonly low: readonly (number | null)[]
  readonly high: readonly (number | null)[]
  readonly score: readonly (number | null)[]
}

/** All that a report holds. */
export interface ReportData {
  readonly from: string
  readonly to: string
  readonly made: string
  /** Insights of the span that are left out, since a report holds only so many. */
  readonly leftOut: number
  readonly insights: readonly Insight[]
  readonly incidents: readonly Incident[]
  readonly whole: readonly WholeInsight[]
  readonly evidence: Readonly<Record<string, Evidence>>
  readonly records: Readonly<Record<string, object>>
  readonly verdicts: readonly { readonly insight: string }[]
  readonly series: readonly Series[]
  readonly points: readonly PointColumns[]
  readonly exclusions: readonly (Exclusions & {
    readonly series: string
    readonly errorCode: string | null
  })[]
  readonly stretches: readonly (Stretch & { readonly account: string; readonly region: string })[]
}

/** What the report holds that this page is; null: it is no report, and asks a server. */
export const report: ReportData | null = reportIn(globalThis.document?.getElementById('report'))

function reportIn(place: HTMLElement | null | undefined): ReportData | null {
  return place ? (JSON.parse(place.textContent) as ReportData) : null
}
