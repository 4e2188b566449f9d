import { once } from '../once.ts'
import type { Baseline, LevelHold, ScaleFit, ShareBaseline } from './baseline.ts'

/** A baseline whose share of the calls is worked out when first asked for: only errors that rise over their season ask. */
export class LateBaseline implements Baseline {
  readonly day: number
  readonly windowMinutes: number
  readonly observedDays: number
  readonly calls: number
  readonly hourOfWeek: readonly number[]
  readonly withinHour: readonly number[]
  readonly dispersion: readonly ScaleFit[]
  readonly level: LevelHold
  readonly #share: () => ShareBaseline | null

  constructor(known: Omit<Baseline, 'share'>, share: () => ShareBaseline | null) {
    this.day = known.day
    this.windowMinutes = known.windowMinutes
    this.observedDays = known.observedDays
    this.calls = known.calls
    this.hourOfWeek = known.hourOfWeek
    this.withinHour = known.withinHour
    this.dispersion = known.dispersion
    this.level = known.level
    this.#share = once(share)
  }

  get share(): ShareBaseline | null {
    return this.#share()
  }
}
