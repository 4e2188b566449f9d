import type { Static } from 'typebox'
import { type ScoredDay, smallestBurst } from '../../../models/index.ts'
import { sensitivityOf } from '../../pipeline/decide-account.ts'
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
  /** The account's law on a day, for calls or for errors; null before its first scoring. */
  lawOn(account: string, day: number, metric: 'calls' | 'errors'): LawReply | null
}

/** A book of laws for one request. */
export function lawBook({ store, settings: { detection } }: House): LawBook {
  const sensitivityAt = sensitivityOf(store, detection)
  const known = new Map<string, LawReply | null>()
  const untilMs = new Map<string, number>()
  for (const { account, watermarkMs } of store.watermarks()) {
    untilMs.set(account, Math.max(watermarkMs, untilMs.get(account) ?? watermarkMs))
  }
  const readLaw: LawBook['lawOn'] = (account, day, metric) => {
    const law = (store.law(account, day) as ScoredDay['laws'] | null | undefined)?.[metric]
    if (law === undefined) return null
    const sensitivity = sensitivityAt((day * DAY_MINUTES) / detection.windowMinutes)
    const { location, spread, perWeek: burstsPerWeek } = law
    const smallestNoticed = smallestBurst(law, sensitivity, metric)
    return { location, spread, burstsPerWeek, smallestNoticed }
  }
  return {
    today: (account) => Math.floor((untilMs.get(account) ?? 0) / DAY_MS),
    lawOn(account, day, metric) {
      const key = JSON.stringify([account, day, metric])
      const law = known.has(key) ? (known.get(key) ?? null) : readLaw(account, day, metric)
      known.set(key, law)
      return law
    },
  }
}
