import { type Static, type TSchema, Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import { parseMoment } from '../../base/times.ts'
import type { InsightFilter, SeriesFilter } from '../../store/store.ts'
import { PAGE_LIMITS } from '../limits.ts'

const several = (item: TSchema, description: string) =>
  Type.Optional(
    Type.Unsafe<string[]>(
      Type.Array(item, { minItems: 1, maxItems: PAGE_LIMITS.values, description }),
    ),
  )
const texts = (description: string) => several(Type.String({ maxLength: 512 }), description)
const words = (choices: string[], description: string) => several(Type.Enum(choices), description)

/** A moment in a query. */
export const moment = (description: string) =>
  Type.String({
    minLength: 1,
    maxLength: 40,
    description: `${description} RFC 3339 (2026-10-21T02:35:00Z, 2026-10-21) or so long ago (90m, 24h, 7d, 4w).`,
  })

export const spanFields = {
  from: Type.Optional(moment('From this moment on.')),
  to: Type.Optional(moment('Before this moment.')),
}

export const CATEGORIES = ['Management', 'Data', 'NetworkActivity']

export const seriesFields = {
  account: texts('Account id; repeat for alternatives, as with every filter.'),
  region: texts('AWS Region, as in the events.'),
  category: words(CATEGORIES, 'Event category.'),
  eventSource: texts('Service: ec2.amazonaws.com, or ec2 for short.'),
  eventName: texts('API: RunInstances.'),
}

export const insightFields = {
  ...spanFields,
  ...seriesFields,
  category: words([...CATEGORIES, 'Aggregate'], 'Event category; Aggregate: over all of them.'),
  insightType: words(
    ['ApiCallRateInsight', 'ApiErrorRateInsight', 'AggregateInsight', 'NewApiInsight'],
    'What left its normal range. NewApiInsight is information.',
  ),
  errorCode: texts('Error code of an error-rate insight.'),
  direction: words(['up', 'down'], 'A rise or a fall.'),
  state: words(['open', 'closed'], 'open: it lasts.'),
  principal: texts('The caller behind most of it (ARN without session name).'),
  incident: texts('Id of an incident.'),
  minSeverity: Type.Optional(
    Type.Number({ minimum: 0, maximum: 100, description: 'Severity at least: 0 to 100.' }),
  ),
  minScore: Type.Optional(Type.Number({ description: 'Score at the start at least.' })),
  retracted: Type.Optional(
    Type.Boolean({ description: 'Also insights that later or late events took back.' }),
  ),
}

const SeriesQuery = Type.Object(seriesFields)
const InsightQuery = Type.Object(insightFields)

/** The store's filter for a query over series. A service may be named without `.amazonaws.com`. */
export function seriesFilterFrom(query: Static<typeof SeriesQuery>): SeriesFilter {
  return present({
    account: query.account,
    region: query.region,
    category: query.category,
    eventSource: query.eventSource?.flatMap(sourceNames),
    eventName: query.eventName,
  })
}

/** The store's filter for a query over insights; `24h` and the like are before `nowMs`. Throws `USAGE` for a bad time. */
export function insightFilterFrom(
  query: Static<typeof InsightQuery>,
  nowMs: number,
): InsightFilter {
  const { fromMs, untilMs } = spanFrom(query, nowMs)
  return {
    ...seriesFilterFrom(query),
    ...present({
      fromMs,
      untilMs,
      insightType: query.insightType,
      errorCode: query.errorCode,
      direction: query.direction,
      state: query.state,
      principal: query.principal,
      incident: query.incident,
      minSeverity: query.minSeverity,
      minScore: query.minScore,
      retracted: query.retracted,
    }),
  }
}

/** `from` and `to` in epoch milliseconds, where given. Throws `USAGE` where one cannot be read or they run backwards. */
export function spanFrom(
  query: { readonly from?: string; readonly to?: string },
  nowMs: number,
): { readonly fromMs: number | undefined; readonly untilMs: number | undefined } {
  const fromMs = query.from === undefined ? undefined : momentFrom('from', query.from, nowMs)
  const untilMs = query.to === undefined ? undefined : momentFrom('to', query.to, nowMs)
  if (fromMs !== undefined && untilMs !== undefined && fromMs >= untilMs) {
    throw new Fault('USAGE', `from (${query.from}) must lie before to (${query.to})`)
  }
  return { fromMs, untilMs }
}

/** Epoch milliseconds of one moment in a query. Throws `USAGE` that names the parameter. */
export function momentFrom(name: string, text: string, nowMs: number): number {
  try {
    return parseMoment(text.replace(' ', '+'), nowMs)
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    throw new Fault(cause.code, `${name}: ${cause.message}`, { cause })
  }
}

/** The names a service may be stored under: as given and, for a short name, in full. */
export function sourceNames(source: string): string[] {
  return source.includes('.') ? [source] : [source, `${source}.amazonaws.com`]
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function present<T extends object>(fields: T): Present<T> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Present<T>
}
