import { rfc3339 } from '../../base/times.ts'
import type { HttpApp } from '../http-types.ts'
import { everyItem, got } from './got.ts'
import { type PointColumns, pointColumns } from './point-columns.ts'

/** What a report is made of. */
export interface ReportAsk {
  /** Insights that began in [fromMs, untilMs), epoch milliseconds. */
  readonly fromMs: number
  readonly untilMs: number
  readonly nowMs: number
  /** The most severe so many are held. */
  readonly most: number
}

interface Insight {
  readonly id: string
  readonly account: string
  readonly region: string
  readonly category: string
  readonly eventSource: string
  readonly eventName: string
  readonly errorCode: string | null
}

interface Incident {
  readonly insights: readonly Insight[]
}

interface Series {
  readonly id: string
  readonly firstTime: string
  readonly lastTime: string
}

/** What the page finds in a report in place of a server; everything as the API answers it. */
export interface ReportData {
  readonly from: string
  readonly to: string
  readonly made: string
  readonly leftOut: number
  readonly insights: readonly Insight[]
  readonly incidents: readonly Incident[]
  readonly whole: readonly unknown[]
  readonly evidence: Readonly<Record<string, unknown>>
  readonly records: Readonly<Record<string, unknown>>
  readonly verdicts: readonly unknown[]
  readonly series: readonly Series[]
  readonly points: readonly PointColumns[]
}

/** Asks the API for all that a report on a span of time shows. `onStep` hears of insights done. */
export async function reportData(
  app: HttpApp,
  { fromMs, untilMs, nowMs, most }: ReportAsk,
  onStep: (done: number, of: number) => void = () => {},
): Promise<ReportData> {
  const span = { from: rfc3339(fromMs), to: rfc3339(untilMs) }
  const all = await everyItem<Insight>(app, '/v1/insights', { ...span, sort: '-severity' })
  const insights = all.slice(0, most)
  const held = new Set(insights.map(({ id }) => id))
  const incidents = await everyItem<Incident>(app, '/v1/incidents', span)
  const parts = { whole: [] as unknown[], evidence: {} as Named, records: {} as Named }
  for (const [done, { id, category }] of insights.entries()) {
    onStep(done, insights.length)
    parts.whole.push(await got(app, `/v1/insights/${id}`))
    if (category === 'Aggregate') continue
    parts.evidence[id] = await got(app, `/v1/insights/${id}/evidence`)
    parts.records[id] = await got(app, `/v1/insights/${id}/records`)
  }
  return {
    ...{
      ...span,
      made: rfc3339(nowMs - (nowMs % 1000)),
      leftOut: all.length - insights.length,
      insights,
    },
    incidents: incidents.flatMap((incident) => {
      const own = incident.insights.filter(({ id }) => held.has(id))
      return own.length === 0 ? [] : [{ ...incident, insights: own }]
    }),
    ...parts,
    verdicts: (await got<{ items: readonly unknown[] }>(app, '/v1/verdicts')).items,
    ...(await throughTime(app, insights, { fromMs, untilMs })),
  }
}

type Named = Record<string, unknown>

/** The series that insights are about, and their points over the span. */
async function throughTime(
  app: HttpApp,
  insights: readonly Insight[],
  span: { readonly fromMs: number; readonly untilMs: number },
): Promise<Pick<ReportData, 'series' | 'points'>> {
  const series = new Map<string, Series>()
  const points = new Map<string, PointColumns>()
  for (const insight of insights) {
    if (insight.category === 'Aggregate') continue
    const { account, region, category, eventSource, eventName, errorCode } = insight
    const key = { account, region, category, eventSource, eventName }
    const text = JSON.stringify(key)
    const own = series.get(text) ?? (await everyItem<Series>(app, '/v1/series', key))[0]
    if (own === undefined) continue
    series.set(text, { ...own, ...clipped(own, span) })
    for (const code of new Set([null, errorCode])) {
      const name = JSON.stringify([own.id, code])
      if (points.has(name)) continue
      points.set(name, await pointColumns(app, own.id, { ...span, errorCode: code }))
    }
  }
  return { series: [...series.values()], points: [...points.values()] }
}

function clipped(
  { firstTime, lastTime }: Series,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
) {
  return {
    firstTime: rfc3339(Math.max(Date.parse(firstTime), fromMs)),
    lastTime: rfc3339(Math.min(Date.parse(lastTime), untilMs - 60_000)),
  }
}
