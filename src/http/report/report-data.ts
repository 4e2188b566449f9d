import type { Static } from 'typebox'
import { rfc3339 } from '../../base/times.ts'
import type { HttpApp } from '../http-types.ts'
import type { Incident, InsightItem, InsightReply, SeriesReply } from '../reply/schemas.ts'
import type { Evidence } from '../routes/evidence-route.ts'
import type { ExclusionsReply } from '../routes/exclusion-routes.ts'
import type { Stretches } from '../routes/stretch-routes.ts'
import type { VerdictReply } from '../routes/verdict-routes.ts'
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

type Insight = Static<typeof InsightItem>
type Series = Static<typeof SeriesReply>
type Named<Answer> = Readonly<Record<string, Answer>>

/** What the page finds in a report in place of a server; everything as the API answers it. */
export interface ReportData {
  readonly from: string
  readonly to: string
  readonly made: string
  readonly leftOut: number
  readonly insights: readonly Insight[]
  readonly incidents: readonly Static<typeof Incident>[]
  readonly whole: readonly Static<typeof InsightReply>[]
  readonly evidence: Named<Static<typeof Evidence>>
  readonly records: Named<object>
  readonly verdicts: readonly Static<typeof VerdictReply>[]
  readonly series: readonly Series[]
  readonly points: readonly PointColumns[]
  readonly exclusions: readonly SeriesExclusions[]
  readonly stretches: Static<typeof Stretches>['stretches']
}

/** What is excluded of a series, or of one error code of it. */
export interface SeriesExclusions extends Static<typeof ExclusionsReply> {
  readonly errorCode: string | null
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
  const incidents = await everyItem<ReportData['incidents'][number]>(app, '/v1/incidents', span)
  const whole: ReportData['whole'][number][] = []
  const evidence: Record<string, ReportData['evidence'][string]> = {}
  const records: Record<string, object> = {}
  for (const [done, { id, category }] of insights.entries()) {
    onStep(done, insights.length)
    whole.push(await got(app, `/v1/insights/${id}`))
    if (category === 'Aggregate') continue
    evidence[id] = await got(app, `/v1/insights/${id}/evidence`)
    records[id] = await got(app, `/v1/insights/${id}/records`)
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
    ...{ whole, evidence, records },
    verdicts: (await got<{ items: ReportData['verdicts'] }>(app, '/v1/verdicts')).items,
    stretches: (await got<Static<typeof Stretches>>(app, '/v1/coverage/stretches', span)).stretches,
    ...(await throughTime(app, insights, { fromMs, untilMs })),
  }
}

/** The series that insights are about, their points over the span, and what is excluded of them there. */
async function throughTime(
  app: HttpApp,
  insights: readonly Insight[],
  span: { readonly fromMs: number; readonly untilMs: number },
): Promise<Pick<ReportData, 'series' | 'points' | 'exclusions'>> {
  const series = new Map<string, Series>()
  const points = new Map<string, PointColumns>()
  const exclusions: SeriesExclusions[] = []
  const [from, to] = [rfc3339(span.fromMs), rfc3339(span.untilMs)]
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
      const path = `/v1/series/${own.id}/exclusions`
      const query = { from, to, errorCode: code }
      exclusions.push({
        ...(await got<Static<typeof ExclusionsReply>>(app, path, query)),
        errorCode: code,
      })
    }
  }
  return { series: [...series.values()], points: [...points.values()], exclusions }
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
