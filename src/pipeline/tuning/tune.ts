import type { JudgedHistory } from '../../../models/index.ts'
import type { Settings } from '../../base/settings.ts'
import type { StoreReader } from '../../store/store.ts'
import { type BacktestAsk, backtest } from './backtest.ts'
import { changedSettings } from './changed-settings.ts'

/** One budget asked of the detector, and what it brought on this history. */
export interface TuneStep {
  /** `alarmBudget.account`, incidents a week. */
  readonly asked: number
  readonly settings: Settings
  readonly result: JudgedHistory
}

/** What was tried, and what is proposed. */
export interface Tuning {
  readonly steps: readonly TuneStep[]
  readonly chosen: TuneStep
  /** Whether the chosen one keeps to the budget; if not, even the strictest one brings more. */
  readonly keeps: boolean
}

/** Eighths of an octave: from a sixteenth of what one is willing to look at to four times as much. */
const STEPS = Array.from({ length: 25 }, (_, step) => 2 ** (step / 4 - 4))

/**
 * Finds the largest budget to ask for that brought at most `budget` false alarms an account-week on this history. What is asked and
 * what comes differ where traffic is unlike any law, and history says by how much.
 */
export function tune(
  store: StoreReader,
  settings: Settings,
  { budget, ...ask }: BacktestAsk & { readonly budget: number },
  onStep: (done: number, of: number) => void = () => {},
): Tuning {
  const accounts = store.accounts().length
  const steps = STEPS.map((times, done): TuneStep => {
    const asked = Number((budget * times).toPrecision(3))
    const changed = changedSettings(settings, [['alarmBudget.account', asked]], accounts)
    const step = { asked, settings: changed, result: backtest(store, changed, ask) }
    onStep(done + 1, STEPS.length)
    return step
  })
  const keeping = steps.filter(({ result }) => result.othersPerWeek.got <= budget)
  const chosen = keeping.at(-1) ?? steps[0]
  if (chosen === undefined) throw new RangeError('there is no step to choose')
  return { steps, chosen, keeps: keeping.length > 0 }
}
