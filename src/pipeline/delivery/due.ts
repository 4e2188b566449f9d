import { messageId } from '../../insight/identity.ts'
import { type Incident, incidentFrom } from '../../insight/incident.ts'
import type { Insight } from '../../insight/insight.ts'
import { SEVERITY_WORDS, severityWord } from '../../insight/severity.ts'
import { isAbout, isAsBad } from '../../insight/sink-filter.ts'
import type { Message, Messenger } from '../../sink/sink.ts'
import { everyPage } from '../../store/every-page.ts'
import type { Store, StoreReader } from '../../store/store.ts'

/** A message that is due, with what is marked once it was taken. */
export interface Due {
  readonly message: Message
  readonly marks: readonly string[]
}

/** What is marked when an insight was told in a state. */
export const markOf = ({ id, state }: Pick<Insight, 'id' | 'state'>): string => `${id} ${state}`

const UNITS_AT_ONCE = 200

/**
 * The messages a messenger is due, oldest first, and how many of the candidates are history. An incident is told once when it begins, once
 * when it gets a worse word or goes on after its end, and once when all of it is over: never once an API.
 */
export function dueTo(
  messenger: Messenger,
  candidates: readonly Insight[],
  { store, isNews }: { readonly store: Store; readonly isNews: (insight: Insight) => boolean },
): { readonly due: readonly Due[]; readonly history: number } {
  const { name, filter, takes = () => true } = messenger
  const isWanted = (insight: Insight) => takes(insight) && isAbout(filter, insight)
  const wanted = candidates.filter(isWanted)
  const ids = new Set(wanted.map(({ id }) => id))
  const due: Due[] = []
  let history = 0
  for (const [unit, members] of unitsOf(store, messenger.unit, wanted, isWanted)) {
    const told = store.delivered(name, [...members.flatMap(bothMarks), ...wordMarks(unit)])
    const isTold = (insight: Insight) => bothMarks(insight).some((mark) => told.has(mark))
    const shown = members.filter((insight) => isTold(insight) || isNews(insight))
    history += members.filter((each) => ids.has(each.id) && !shown.includes(each)).length
    if (shown.length === 0) continue
    const incident = incidentFrom(unit, shown)
    const kind = isAsBad(filter, incident) ? kindOf(incident, { told, isTold }) : null
    // An insight by itself has a start and an end, and nothing between.
    if (kind === null || (kind === 'grown' && messenger.unit === 'insight')) continue
    const id = messageId(unit, [...told].sort())
    due.push({ message: { id, kind, incident }, marks: marksOf(incident) })
  }
  due.sort(({ message: a }, { message: b }) => a.incident.startMs - b.incident.startMs)
  return { due, history }
}

/** Units that candidates belong to, each with all its insights that are wanted. */
function unitsOf(
  store: StoreReader,
  unit: Messenger['unit'],
  candidates: readonly Insight[],
  isWanted: (insight: Insight) => boolean,
): ReadonlyMap<string, readonly Insight[]> {
  const alone = candidates.filter(({ incident }) => unit === 'insight' || incident === '')
  const units = new Map(alone.map((insight) => [insight.id, [insight]]))
  const joined = candidates.filter(({ incident }) => unit === 'incident' && incident !== '')
  const accounts = new Map(joined.map(({ incident, account }) => [incident, account]))
  const ids = [...accounts.keys()]
  for (let at = 0; at < ids.length; at += UNITS_AT_ONCE) {
    const incident = ids.slice(at, at + UNITS_AT_ONCE)
    const account = [...new Set(incident.map((id) => accounts.get(id) ?? ''))]
    for (const row of everyPage((page) =>
      store.insights({ account, incident }, 'startTime', page),
    )) {
      if (!isWanted(row.insight)) continue
      const members = units.get(row.insight.incident)
      if (members === undefined) units.set(row.insight.incident, [row.insight])
      else members.push(row.insight)
    }
  }
  return units
}

/** Why an incident is told now; null: there is nothing to tell. */
function kindOf(
  { id, insights, state, severity }: Incident,
  {
    told,
    isTold,
  }: { readonly told: ReadonlySet<string>; readonly isTold: (insight: Insight) => boolean },
): Message['kind'] | null {
  const before = insights.filter(isTold)
  if (before.length === 0) return 'started'
  const wasOver = before.every((insight) => told.has(markOf({ ...insight, state: 'closed' })))
  if (state === 'closed' && !wasOver) return 'ended'
  if (wasOver && before.length < insights.length) return 'grown'
  const rank = SEVERITY_WORDS.indexOf(severityWord(severity))
  const isWorse = !SEVERITY_WORDS.slice(rank).some((word) => told.has(wordMark(id, word)))
  return state === 'open' && isWorse ? 'grown' : null
}

const bothMarks = ({ id }: Insight): readonly string[] => [
  markOf({ id, state: 'open' }),
  markOf({ id, state: 'closed' }),
]
const wordMark = (unit: string, word: string): string => `${unit} ${word}`
const wordMarks = (unit: string): readonly string[] =>
  SEVERITY_WORDS.map((word) => wordMark(unit, word))

function marksOf({ id, insights, severity }: Incident): readonly string[] {
  return [...insights.map(markOf), wordMark(id, severityWord(severity))]
}
