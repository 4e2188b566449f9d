import type { Deciding, Replay } from '../api/answers.ts'
import { ask } from '../api/client.ts'
import { type Alarm, alarmsIn, episodesIn, type Found } from './decide.ts'
import { factsBook } from './facts.ts'
import type { FrontierPoint } from './frontier.ts'
import { type History, historyOf } from './history.ts'
import { BUDGET, standsAt, stopsOf, turned } from './knobs.ts'
import { outcomeOf } from './outcome.ts'
import type { Outcome } from './outcome-table.ts'

/** A decision, and how long it took; `outcome` is null while the server has not said all there is to know. */
export interface Decided {
  readonly found: readonly Found[]
  readonly outcome: Outcome | null
  readonly tookMs: number
}

/** A history to decide again and again. */
export interface Workbench {
  readonly history: History
  readonly scores: number
  readonly decide: (settings: Deciding) => Decided
  /** Asks the server for what is missing of episodes, until `isWanted` says no. */
  readonly learn: (found: readonly Found[], isWanted: () => boolean) => Promise<void>
  /** What every budget brings, as far as it is known. */
  readonly frontier: (settings: Deciding) => readonly FrontierPoint[]
  /** All episodes that any budget finds, beside these settings. */
  readonly everyBudget: (settings: Deciding) => readonly Found[]
}

/** Loads what the server's history is decided from. Throws `Refused`. */
export async function loadWorkbench(): Promise<Workbench> {
  const history = historyOf(await ask<Replay>('/v1/replay'))
  const facts = factsBook()
  const budgets = stopsOf(BUDGET, history.settings)
  const at = (settings: Deciding, budget: number): Deciding =>
    turned(settings, BUDGET, budget, history.accounts.length)

  function decide(settings: Deciding): Decided {
    const startMs = performance.now()
    const found = episodesIn(history, settings)
    const { windowMinutes } = settings
    const alarms = alarmsIn(history, found, { factsOf: facts.of, windowMinutes })
    const outcome = alarms && outcomeWith(history, alarms)
    return { found, outcome, tookMs: performance.now() - startMs }
  }

  return {
    ...{ history, decide, learn: facts.fetch },
    scores: history.series.reduce((sum, { scores }) => sum + scores.length, 0),
    everyBudget: (settings) =>
      budgets.flatMap((budget) => episodesIn(history, at(settings, budget))),
    frontier: (settings) =>
      [...new Set([...budgets, standsAt(settings, BUDGET)])]
        .sort((a, b) => a - b)
        .flatMap((asked) => {
          const { outcome } = decide(at(settings, asked))
          if (outcome === null) return []
          const { incidents, accountWeeks, recall } = outcome.judged
          return [{ asked, got: accountWeeks === 0 ? 0 : incidents / accountWeeks, recall }]
        }),
  }
}

function outcomeWith(history: History, alarms: readonly Alarm[]): Outcome {
  return { alarms, judged: outcomeOf(history, alarms) }
}
