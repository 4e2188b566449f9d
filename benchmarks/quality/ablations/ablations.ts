import type { Ablation } from './ablation.ts'
import { DENSE } from './dense.ts'
import { SPARSE } from './sparse.ts'

/** What both dense and sparse series are judged by. */
const BOTH: readonly Ablation[] = [
  {
    name: 'one-trust',
    edits: [
      {
        file: 'detector/rarity.ts',
        from: ' + addedInSeries(said))',
        to: ')',
      },
    ],
  },
  {
    name: 'no-habits',
    edits: [
      {
        file: 'detector/judge.ts',
        from: 'const habit = overHabit(judged, plan)',
        to: 'const habit = judged',
      },
      {
        file: 'detector/scan-sparse.ts',
        from: 'const isAgain = calls > 0 &&',
        to: 'const isAgain = false &&',
      },
    ],
  },
  {
    name: 'no-floors',
    edits: [
      {
        file: 'detector/decide.ts',
        from: 'return floorsOf(score, pool, sensitivity).some(isHeldBy)',
        to: 'return false',
      },
    ],
  },
]

/** Variants of our model, each without one of its parts: the entrants of `--ablations`. */
export const ABLATIONS: readonly Ablation[] = [...DENSE, ...SPARSE, ...BOTH]
