import { type Static, Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import { incidentFrom, incidentView } from '../../insight/incident.ts'
import type { InsightFilter, InsightRevision, StoreReader } from '../../store/store.ts'
import type { HttpApp, PagedHouse } from '../http-types.ts'
import { insightFields, insightFilterFrom } from '../query/filters.ts'
import { pageFields } from '../query/pager.ts'
import { Incident } from '../reply/schemas.ts'
import { pageOf, refTo } from '../reply/shapes.ts'
import { insightItem } from '../reply/views.ts'

const closed = { additionalProperties: false }
const { incident: _byIdInstead, ...filterFields } = insightFields
const ListQuery = Type.Object({ ...filterFields, ...pageFields }, closed)

/** Insights that one list of incidents is made from at most. */
const MOST_INSIGHTS = 20_000
const STORE_PAGE = 500

type IncidentReply = Static<typeof Incident>

/** `/v1/incidents`: insights that belong together, as one burst of one caller is one incident. */
export function addIncidentRoutes(app: HttpApp, { now, pager }: PagedHouse): void {
  app.get(
    '/v1/incidents',
    {
      config: { access: 'account', kept: true },
      schema: {
        summary:
          'Insights grouped by incident, newest first; members are those that the filter lets through.',
        querystring: ListQuery,
        response: { 200: pageOf(refTo(Incident)) },
      },
    },
    async ({ query, reader }, reply) => {
      const turn = pager.turn('/v1/incidents', query, now())
      const filter = insightFilterFrom(query, turn.nowMs)
      const all = incidentsOf(reader.snapshot(() => insightsFor(reader, filter)))
      const { rows, next } = pageAfter(all, turn.page.after, query.limit)
      return { items: rows, ...pager.next(reply, turn, next) }
    },
  )
  app.get(
    '/v1/incidents/:id',
    {
      config: { access: 'account' },
      schema: {
        summary: 'One incident with all its insights.',
        params: Type.Object({ id: Type.String({ maxLength: 100 }) }, closed),
        response: { 200: refTo(Incident) },
      },
    },
    async ({ params: { id }, reader }) => {
      const [incident] = incidentsOf(insightsFor(reader, { incident: [id] }))
      if (incident !== undefined) return incident
      throw new Fault('NOT_FOUND', `there is no incident '${id}': /v1/incidents lists them`)
    },
  )
}

function insightsFor(store: StoreReader, filter: InsightFilter): InsightRevision[] {
  const found: InsightRevision[] = []
  let after: string | null = null
  do {
    const page = store.insights(filter, 'startTime', { limit: STORE_PAGE, after })
    found.push(...page.rows)
    after = page.next
    if (found.length > MOST_INSIGHTS) {
      throw new Fault(
        'USAGE',
        `more than ${MOST_INSIGHTS} insights match: narrow them down, for example with from and to, account or minSeverity`,
      )
    }
  } while (after !== null)
  return found
}

/** Newest first; by id where they start together. */
function incidentsOf(insights: readonly InsightRevision[]): IncidentReply[] {
  const members = new Map<string, InsightRevision[]>()
  for (const row of insights) {
    const { incident } = row.insight
    const group = members.get(incident)
    if (group === undefined) members.set(incident, [row])
    else group.push(row)
  }
  // First calls of an API are information, and no incident.
  members.delete('')
  return [...members]
    .map(([id, rows]) => incidentOf(id, rows))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1))
}

function incidentOf(id: string, rows: readonly InsightRevision[]): IncidentReply {
  const insights = rows.map(insightItem)
  const incident = incidentFrom(
    id,
    rows.map(({ insight }) => insight),
  )
  const { insightCount: _shown, ...view } = incidentView(incident)
  return {
    ...view,
    score: Math.max(...insights.map((item) => item.peakScore)),
    apis: [...new Set(insights.map((item) => `${item.eventSource}:${item.eventName}`))],
    insights,
  }
}

/** Sorts as text: RFC 3339 in UTC of whole minutes does. */
function placeOf({ startTime, id }: IncidentReply): string {
  return `${startTime} ${id}`
}

function pageAfter(all: readonly IncidentReply[], after: string | null, limit: number) {
  const rest = after === null ? all : all.filter((incident) => placeOf(incident) < after)
  const rows = rest.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: last === undefined || rest.length <= limit ? null : placeOf(last) }
}
