import type { JudgedHistory } from '../../../models/index.ts'
import { element } from '../dom/element.ts'
import { table } from '../dom/table.ts'
import { numberText } from '../state/words.ts'
import type { Alarm } from './decide.ts'

/** What settings bring: the alarms, and how they meet the labels. */
export interface Outcome {
  readonly alarms: readonly Alarm[]
  readonly judged: JudgedHistory
}

/** The settings in force beside those that are turned, measure by measure; null: not known yet. */
export function outcomeTable(inForce: Outcome | null, tuned: Outcome | null): HTMLElement {
  const rows = MEASURES.filter(
    ({ isOfLabels }) => isOfLabels !== true || (inForce?.judged.labelled ?? 0) > 0,
  ).map(({ name, text }) => [name, ...[inForce, tuned].map((each) => each && text(each))])
  return table(
    'What the settings bring',
    [{ head: 'Measure' }, { head: 'in force', isNumber: true }, { head: 'turned', isNumber: true }],
    rows.map((cells) => cells.map((cell) => cell ?? '…')),
  )
}

/** Incidents a week, large. */
export function headline(tuned: Outcome | null, inForce: Outcome | null): HTMLElement {
  const said = (outcome: Outcome | null): string =>
    outcome === null ? '…' : numberText(Number(weekly(outcome.judged).toFixed(2)))
  const alike =
    tuned !== null && inForce !== null && weekly(tuned.judged) === weekly(inForce.judged)
  return element(
    'p',
    { class: 'headline' },
    element('strong', { 'data-key': 'weekly' }, said(tuned)),
    ' incidents a week and account',
    !alike && element('span', { class: 'quiet' }, ` (${said(inForce)} in force)`),
  )
}

const weekly = ({ incidents, accountWeeks }: JudgedHistory): number =>
  accountWeeks === 0 ? 0 : incidents / accountWeeks

interface Measure {
  readonly name: string
  readonly isOfLabels?: boolean
  readonly text: (outcome: Outcome) => string
}

const share = (value: number | null): string =>
  value === null ? '—' : `${Math.round(value * 100)} %`

const MEASURES: readonly Measure[] = [
  { name: 'Incidents', text: ({ judged }) => numberText(judged.incidents) },
  { name: 'Insights in them', text: ({ alarms }) => numberText(alarms.length) },
  {
    name: 'Incidents without a label, a week and account (95 % interval)',
    text: ({ judged: { othersPerWeek: rate } }) =>
      `${rate.got.toFixed(2)} (${rate.low.toFixed(2)} – ${rate.high.toFixed(2)})`,
  },
  {
    ...{ name: 'Labels caught', isOfLabels: true },
    text: ({ judged }) => `${judged.caught} of ${judged.labelled}`,
  },
  {
    ...{ name: 'Incidents that are labelled (precision)', isOfLabels: true },
    text: ({ judged }) => share(judged.precision),
  },
  {
    ...{ name: 'Labels that are caught (recall)', isOfLabels: true },
    text: ({ judged }) => share(judged.recall),
  },
  {
    ...{ name: 'Minutes to the first alarm (median)', isOfLabels: true },
    text: ({ judged }) => (judged.medianDelay === null ? '—' : judged.medianDelay.toFixed(1)),
  },
]
