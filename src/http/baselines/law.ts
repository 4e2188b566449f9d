import type { Static } from 'typebox'
import {
  type ScoredDay,
  type SensitivityOverride,
  smallestBurst,
  withOverride,
} from '../../../models/index.ts'
import { sensitivityOf } from '../../pipeline/decide-account.ts'
import { overridesFor, together } from '../../pipeline/overrides.ts'
import type { SeriesRow } from '../../store/store.ts'
import type { House } from '../http-types.ts'
import type { BaselineReply } from '../reply/baseline-schemas.ts'

const DAY_MINUTES = 1_440
const DAY_MS = 86_400_000

/** The law that judges rarely used APIs, with the smallest burst that would be reported. */
export type LawReply = NonNullable<Static<typeof BaselineReply>['law']>

/** Laws of bursts by account, as of one moment: each is looked up and worked out once. */
export interface LawBook {
  /** The newest day an account's calls are known on, a UTC day number. */
  today(account: string): number
  /** The law of a series' account on a day, for its calls or an error code, at the sensitivity of that series; null before its first scoring. */
  lawOn(series: SeriesRow, errorCode: string | null, day: number): LawReply | null
}

interface Asked {
  readonly metric: 'calls' | 'errors'
  readonly override: SensitivityOverride | null
}

/** A book of laws for one request. */
export function lawBook({ store, settings: { detection } }: House): LawBook {
  const sensitivityAt = sensitivityOf(store, detection)
  const known = new Map<string, LawReply | null>()
  const untilMs = new Map<string, number>()
  for (const { account, watermarkMs } of store.watermarks()) {
    untilMs.set(account, Math.max(watermarkMs, untilMs.get(account) ?? watermarkMs))
  }
  const readLaw = (account: string, day: number, { metric, override }: Asked): LawReply | null => {
    const law = (store.law(account, day) as ScoredDay['laws'] | null | undefined)?.[metric]
    if (law === undefined) return null
    const sensitivity = withOverride(
      sensitivityAt((day * DAY_MINUTES) / detection.windowMinutes),
      override,
    )
    const { location, spread, perWeek: burstsPerWeek } = law
    const smallestNoticed = smallestBurst(law, sensitivity, metric)
    return { location, spread, burstsPerWeek, smallestNoticed }
  }
  return {
    today: (account) => Math.floor((untilMs.get(account) ?? 0) / DAY_MS),
    lawOn(series, errorCode, day) {
      const { account } = series
      const metric = errorCode === null ? 'calls' : 'errors'
      const override = together(
        overridesFor(detection.overrides, { series, errorCode, direction: 'up' }),
      )
      const key = JSON.stringify([account, day, metric, override])
      const law = known.has(key)
        ? (known.get(key) ?? null)
        : readLaw(account, day, { metric, override })
      known.set(key, law)
      return law
    },
  }
}
