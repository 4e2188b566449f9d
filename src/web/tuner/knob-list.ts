import type { Deciding } from '../api/answers.ts'
import { button, element } from '../dom/element.ts'
import { numberText } from '../state/words.ts'
import { BUDGET, FLOORS, type Knob, pathOf, SHARE_KNOBS, standsAt, stopsOf } from './knobs.ts'

interface Doing {
  /** A knob stands elsewhere now. */
  readonly turn: (knob: Knob, value: number) => void
  readonly profile: (profile: Deciding['profile']) => void
  readonly reset: () => void
}

/** The knobs, with the settings in force marked. */
export interface KnobList {
  readonly root: HTMLElement
  /** Puts every knob where the settings say. */
  readonly show: (settings: Deciding) => void
}

/** A slider for each number that decides, the budget first; floors and shares behind their headings. */
export function knobList(base: Deciding, doing: Doing): KnobList {
  const sliders: Slider[] = []
  const group = (knobs: readonly Knob[]): readonly HTMLElement[] =>
    knobs.map((knob) => {
      const made = slider(knob, base, doing.turn)
      sliders.push(made)
      return made.root
    })
  const profile = element(
    'select',
    { 'data-key': 'profile' },
    element('option', { value: 'offtrail' }, 'offtrail: reads and writes'),
    element('option', { value: 'insights' }, 'insights: writes, as AWS does'),
  )
  profile.addEventListener('change', () => doing.profile(profile.value as Deciding['profile']))
  const root = element(
    'form',
    { class: 'knobs', 'aria-label': 'Settings to turn' },
    ...group([BUDGET]),
    element('label', { class: 'knob' }, 'Profile', profile),
    folded('What an anomaly is at least', group(FLOORS)),
    folded('How the budget is split', group(SHARE_KNOBS)),
    button('As in force', doing.reset, { 'data-key': 'reset' }),
  )
  root.addEventListener('submit', (event) => event.preventDefault())
  return {
    root,
    show(settings) {
      for (const each of sliders) each.show(settings)
      profile.value = settings.profile
    },
  }
}

interface Slider {
  readonly root: HTMLElement
  readonly show: (settings: Deciding) => void
}

function slider(knob: Knob, base: Deciding, turn: Doing['turn']): Slider {
  const stops = stopsOf(knob, base)
  const said = element('span', { class: 'stands' })
  const range = element('input', {
    ...{ type: 'range', min: 0, max: stops.length - 1, step: 1, 'data-key': pathOf(knob) },
  })
  range.addEventListener('input', () => turn(knob, stops[Number(range.value)] ?? 0))
  return {
    root: element(
      'label',
      { class: 'knob' },
      element('span', { class: 'knob-name' }, knob.label, ' ', said),
      range,
    ),
    show(settings) {
      const value = standsAt(settings, knob)
      const inForce = standsAt(base, knob)
      // A value out of a link may lie between the stops.
      range.value = String(stops.findLastIndex((stop) => stop <= value))
      const text = numberText(value)
      range.setAttribute('aria-valuetext', text)
      said.textContent = value === inForce ? text : `${text} (now ${numberText(inForce)})`
    },
  }
}

function folded(title: string, contents: readonly HTMLElement[]): HTMLElement {
  return element('details', {}, element('summary', {}, title), ...contents)
}
