import type { Insight, Point, SeriesKey } from '../api/answers.ts'
import type { PointColumns, ReportData } from './report-data.ts'

type Query = Readonly<Record<string, unknown>>

/** What a server would answer from what a report holds; undefined: it does not hold that. */
export function answerFrom(data: ReportData, path: string, query: Query): unknown {
  const [, , resource = '', given = '', part] = path.replace(/\?.*/, '').split('/')
  const id = decodeURIComponent(given)
  switch (resource) {
    case 'coverage':
      return { stretches: stretchesIn(data, query) }
    case 'freshness':
      return { knownUntil: data.to, lastChange: 0 }
    case 'verdicts':
      return { items: data.verdicts }
    case 'incidents':
      return id === '' ? { items: data.incidents } : data.incidents.find((each) => each.id === id)
    case 'insights':
      return id === '' ? { items: insightsIn(data, query) } : ofInsight(data, id, part)
    case 'series':
      if (id === '') return { items: data.series.filter((each) => isOf(each, query)) }
      return ofSeries(data, id, part, query)
    default:
      return undefined
  }
}

function ofInsight(data: ReportData, id: string, part: string | undefined): unknown {
  if (part === 'evidence') return data.evidence[id]
  if (part === 'records') return data.records[id]
  return data.whole.find((each) => each.id === id)
}

function ofSeries(data: ReportData, id: string, part: string | undefined, query: Query): unknown {
  const { errorCode = null } = query
  if (part === 'points') return pointsIn(data, id, query)
  if (part === undefined) return data.series.find((each) => each.id === id)
  return data.exclusions.find((each) => each.series === id && each.errorCode === errorCode)
}

function stretchesIn({ stretches }: ReportData, { account, region }: Query): unknown {
  return stretches.filter((each) => each.account === account && each.region === region)
}

const KEYS = ['account', 'region', 'category', 'eventSource', 'eventName'] as const

/** Whether something is of the API that a query names; what it leaves out is not asked for. */
const isOf = (one: SeriesKey, query: Query): boolean =>
  KEYS.every((key) => query[key] === undefined || query[key] === one[key])

function insightsIn({ insights }: ReportData, query: Query): readonly Insight[] {
  const [from, to] = [momentOf(query['from'], 0), momentOf(query['to'], Number.POSITIVE_INFINITY)]
  return insights.filter((insight) => {
    const startMs = Date.parse(insight.startTime)
    return isOf(insight, query) && startMs >= from && startMs < to
  })
}

function pointsIn({ points }: ReportData, id: string, query: Query): unknown {
  const { errorCode = null } = query
  const columns = points.find((each) => each.series === id && each.errorCode === errorCode)
  if (columns === undefined) return undefined
  const [from, to] = [momentOf(query['from'], 0), momentOf(query['to'], Number.POSITIVE_INFINITY)]
  const items = pointsOf(columns).filter(({ time }) => {
    const ms = Date.parse(time)
    return ms > from - columns.period * 1000 && ms < to
  })
  return { period: columns.period, items }
}

function pointsOf({ startTime, period, ...columns }: PointColumns): readonly Point[] {
  const startMs = Date.parse(startTime)
  return columns.count.map((count, at) => ({
    time: new Date(startMs + at * period * 1000).toISOString(),
    ...{ count, expected: columns.expected[at] ?? null, low: columns.low[at] ?? null },
    ...{ high: columns.high[at] ?? null, score: columns.score[at] ?? null },
  }))
}

const momentOf = (value: unknown, otherwise: number): number =>
  typeof value === 'string' ? Date.parse(value) : otherwise
