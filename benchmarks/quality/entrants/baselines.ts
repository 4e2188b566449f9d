import { randomOf } from '../scenario/random.ts'
import type { Entrant } from './entrant.ts'

/** Finds nothing, ever: what doing nothing is worth. */
export const nullEntrant: Entrant = {
  name: 'null',
  promises: false,
  look: (work) => ({
    scores: work.series.map(({ calls }) => ({
      calls: new Float64Array(calls.length),
      errors: new Float64Array(calls.length),
    })),
  }),
}

/** Throws dice: what luck is worth. */
export const randomEntrant: Entrant = {
  name: 'random',
  promises: false,
  look: (work) => ({
    scores: work.series.map(({ key, calls }) => {
      const { uniform } = randomOf(work.seed, `random ${key}`)
      const dice = (): Float64Array => Float64Array.from(calls, () => uniform())
      return { calls: dice(), errors: dice() }
    }),
  }),
}
