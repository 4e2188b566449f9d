import {
  type Baseline,
  countTails,
  lawOf,
  learner,
  type SeriesHistory,
  scoreAccount,
} from '../../../models/index.ts'
import { poisson } from '../../quality/scenario/draws.ts'
import { randomOf } from '../../quality/scenario/random.ts'
import type { Outcome, Task } from '../measure/sample.ts'
import { cpuSecondsOf } from './cpu-seconds.ts'
import { accountOf, denseSeries, GRID, WINDOWS_A_DAY } from './series-of-counts.ts'

const DAY = 28
const TURNS = 3

/**
 * Rates of the models' parts on quiet dense series. Scanning is what scoring a day takes beyond learning its baselines,
 * with the tails that it asks of them: both are asked for at the models' front door, so that what lies behind it may change.
 */
export function scoringRates({ sizes }: Task): Outcome {
  const random = randomOf(7, 'rates')
  const series = Array.from({ length: sizes?.['series'] ?? 100 }, (_, at) =>
    denseSeries(random, at, DAY + 1),
  )
  const history = { series, firstWindow: 0 }
  const score = () => scoreAccount(history, { fromDay: DAY, untilDay: DAY + 1 }, GRID)
  const learnOne = learner(GRID)
  const learn = () => series.map((each) => learnOne(each, DAY).baseline())
  const baselines = learn()
  score()
  let [learning, whole] = [0, 0]
  for (let turn = 0; turn < TURNS; turn++) {
    learning += cpuSecondsOf(learn)
    whole += cpuSecondsOf(score)
  }
  const windows = TURNS * series.length * WINDOWS_A_DAY
  return {
    figures: {
      learnedPerSecond: (TURNS * series.length) / learning,
      wholePerSecond: windows / whole,
      windowsPerSecond: whole > learning ? windows / (whole - learning) : Number.NaN,
      bothTailsPerSecond: bothTails(baselines),
      zPerSecond: plainZ(series),
    },
  }
}

/** Windows a second where each needs both of its tails. */
function bothTails(baselines: readonly Pick<Baseline, 'dispersion' | 'hourOfWeek'>[]): number {
  const random = randomOf(8, 'tails')
  const asked = baselines.flatMap(({ dispersion, hourOfWeek }) =>
    hourOfWeek.map((hourly) => {
      const law = lawOf(dispersion[0] as (typeof dispersion)[number], Math.max(hourly / 12, 0.01))
      return { law, count: poisson(random, law.mean) }
    }),
  )
  let sum = 0
  const seconds = cpuSecondsOf(() => {
    for (let turn = 0; turn < TURNS; turn++)
      for (const { count, law } of asked) {
        const { logUpper, logLower } = countTails(count, law)
        sum += logUpper + logLower
      }
  })
  return Number.isNaN(sum) ? Number.NaN : (TURNS * asked.length) / seconds
}

/** The peer: mean and spread of the 28 days before, and how many spreads each window of the day is away. */
function plainZ(series: readonly SeriesHistory[]): number {
  let far = 0
  const seconds = cpuSecondsOf(() => {
    for (const { counts } of series) {
      const windows = new Float64Array((DAY + 1) * WINDOWS_A_DAY)
      counts.at.forEach((at, cell) => {
        windows[at] = counts.count[cell] ?? 0
      })
      const past = windows.subarray(0, DAY * WINDOWS_A_DAY)
      const mean = past.reduce((sum, count) => sum + count, 0) / past.length
      const variance = past.reduce((sum, count) => sum + (count - mean) ** 2, 0) / past.length
      for (const count of windows.subarray(past.length))
        if (Math.abs(count - mean) > 5 * Math.sqrt(variance)) far += 1
    }
  })
  return far < 0 ? Number.NaN : (series.length * WINDOWS_A_DAY) / seconds
}

/** Days of an account, a tenth of its series dense, learned and scored: `days` of them after 28. */
export function scoringDays({ sizes }: Task): Outcome {
  const { series = 1000, days = 1 } = sizes ?? {}
  const history = accountOf(series, DAY + days)
  const seconds = cpuSecondsOf(() => {
    scoreAccount(history, { fromDay: DAY, untilDay: DAY + days }, GRID)
  })
  return {
    elsewhere: { cpuSeconds: seconds },
    figures: { perSeriesDay: seconds / (series * days) },
  }
}
