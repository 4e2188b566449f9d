import type { Deciding } from '../api/answers.ts'
import { copied } from '../dom/copied.ts'
import { element, refill } from '../dom/element.ts'
import type { Context } from '../shell/pane.ts'
import { onTheme } from '../shell/theme.ts'
import { frontier } from './frontier.ts'
import { knobList } from './knob-list.ts'
import { BUDGET, settingsFrom, standsAt, tunedText, turned } from './knobs.ts'
import { resultView } from './result-view.ts'
import type { Decided, Workbench } from './workbench.ts'
import { backtestLine, yamlOf } from './yaml.ts'

/** Milliseconds after the last turn at which the chart of all budgets is worth its questions. */
const REST_MS = 150

/** The knobs beside what they bring. Every turn goes into the URL, and comes back from there to be shown. */
export function bench(work: Workbench, context: () => Context) {
  const base = work.history.settings
  const accounts = work.history.accounts.length
  const parts = { yaml: element('div'), frontier: element('div') }
  const result = resultView(work)
  let shown = Symbol()
  let endFrontier = () => {}

  const settingsNow = (): Deciding => settingsFrom(base, context().view.tuned, accounts)
  const goTo = (settings: Deciding) =>
    context().go({ tuned: tunedText(base, settings) }, { replace: true })
  const knobs = knobList(base, {
    turn: (knob, value) => goTo(turned(settingsNow(), knob, value, accounts)),
    profile: (profile) => goTo({ ...settingsNow(), profile }),
    reset: () => goTo(base),
  })

  function drawFrontier(settings: Deciding): void {
    endFrontier()
    const chart = frontier(work.frontier(settings), standsAt(settings, BUDGET))
    endFrontier = chart.end
    refill(parts.frontier, chart.root)
  }

  /** Asks for what is not known yet: of what is shown first, then of every other budget. */
  async function complete(settings: Deciding, decided: Decided): Promise<void> {
    const mine = Symbol()
    shown = mine
    const isWanted = () => shown === mine
    const missing = result.missing(decided)
    if (missing.length > 0) {
      await work.learn(missing, isWanted)
      if (!isWanted()) return
      result.draw(settings, context())
    }
    await new Promise((done) => setTimeout(done, REST_MS))
    if (!isWanted()) return
    await work.learn(work.everyBudget(settings), isWanted)
    if (isWanted()) drawFrontier(settings)
  }

  const unlisten = onTheme(() => drawFrontier(settingsNow()))
  return {
    root: element(
      'div',
      { class: 'tuner' },
      knobs.root,
      element(
        'div',
        {},
        result.summary,
        element('div', { class: 'columns take' }, parts.frontier, parts.yaml),
        result.changes,
      ),
    ),
    show(now: Context): void {
      const settings = settingsNow()
      knobs.show(settings)
      const { view, failed } = now
      refill(
        parts.yaml,
        copied('Settings file', yamlOf(base, settings), 'offtrail.yaml'),
        copied('The same in a shell', backtestLine(base, view.tuned)),
      )
      complete(settings, result.draw(settings, now)).catch((error) => failed(error, result.changes))
    },
    end(): void {
      shown = Symbol()
      unlisten()
      endFrontier()
    },
  }
}
