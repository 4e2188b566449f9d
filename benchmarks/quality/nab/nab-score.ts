/** The rows of one file with their scores, and its labelled windows. */
export interface ScoredRows {
  readonly scores: Float64Array
  /** In rows, first and last included. */
  readonly windows: readonly { readonly first: number; readonly last: number }[]
}

/** Cost of a false alarm in the standard profile; a window found or missed weighs 1. */
const FALSE_WEIGHT = 0.11
const PROBATION_SHARE = 0.15
const PROBATION_MOST_ROWS = 0.15 * 5000

/** One row that counts: what flagging it would bring. */
interface Stake {
  readonly score: number
  readonly value: number
  /** Which window it lies in, over all files; null outside. */
  readonly window: number | null
}

/**
 * The score of the Numenta Anomaly Benchmark in its standard profile (Lavin and Ahmad, 2015), at the one
 * threshold for all files that makes it largest: 0 for a detector that finds nothing, 100 for one that
 * finds each window at its first row and never alarms outside.
 */
export function nabScore(files: readonly ScoredRows[]): number {
  const { stakes, windowCount } = stakesOf(files)
  stakes.sort((one, other) => other.score - one.score)
  const best = new Float64Array(windowCount).fill(-1)
  let total = -windowCount
  let largest = total
  stakes.forEach(({ score, value, window }, place) => {
    if (window === null) total += value
    else if (value > (best[window] as number)) {
      total += value - (best[window] as number)
      best[window] = value
    }
    if (stakes[place + 1]?.score !== score && score > 0) largest = Math.max(largest, total)
  })
  return (100 * (largest + windowCount)) / (2 * windowCount)
}

function stakesOf(files: readonly ScoredRows[]): {
  readonly stakes: Stake[]
  readonly windowCount: number
} {
  const stakes: Stake[] = []
  let windowCount = 0
  for (const { scores, windows } of files) {
    const probation = Math.floor(Math.min(PROBATION_SHARE * scores.length, PROBATION_MOST_ROWS))
    const counted = windows.filter(({ last }) => last >= probation)
    for (let row = probation; row < scores.length; row++) {
      const place = counted.findIndex(({ first, last }) => first <= row && row <= last)
      const window = place < 0 ? null : windowCount + place
      const value = place < 0 ? falseValue(row, windows) : foundValue(row, counted[place])
      stakes.push({ score: scores[row] as number, value, window })
    }
    windowCount += counted.length
  }
  return { stakes, windowCount }
}

type Window = ScoredRows['windows'][number]

/** 1 at a window's first row, falling to next to nothing at its last. */
function foundValue(row: number, window: Window | undefined): number {
  const { first, last } = window as Window
  return reward(-(last - row + 1) / (last - first + 1)) / reward(-1)
}

/** Worth the full cost of a false alarm far from the last window before, less right behind it. */
function falseValue(row: number, windows: readonly Window[]): number {
  const before = windows.filter(({ last }) => last < row).at(-1)
  if (before === undefined) return -FALSE_WEIGHT
  const away = (row - before.last) / (before.last - before.first)
  return FALSE_WEIGHT * (away >= 3 ? -1 : reward(away))
}

/** The benchmark's sigmoid of a place relative to a window: -1 its begin, 0 its end. */
const reward = (place: number): number => 2 / (1 + Math.exp(5 * place)) - 1
