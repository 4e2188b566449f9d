import { cellsBefore } from '../series/counts.ts'
import { type Grid, LEARN_DAYS, type WindowSpan, windowsPerDay } from '../series/grid.ts'
import type { Counts } from '../series/history.ts'
import { runReach } from '../series/run.ts'

/** A window that ends a stretch of half an hour, and what that held. */
export interface Stretch {
  /** The first window with a count, … */
  readonly fromWindow: number
  /** … and one past the last. */
  readonly untilWindow: number
  readonly count: number
}

/** What one series' largest days of 28 say of its next one. */
export interface RecordLaw {
  /** The second largest of its days: one alone may have been an anomaly. In an account's first week the largest. */
  readonly record: number
  /** Mean excess over a record, where it is surpassed. */
  readonly scale: number
  /** Times a week that the record is surpassed in one of the series. */
  readonly perWeek: number
}

/** What is known beside the counts. */
export interface RecordContext {
  readonly day: number
  /** Whole days the account has been seen for. */
  readonly ageDays: number
  /** Of those of the last 28, days that taught nothing; 0 where left out. */
  readonly skippedDays?: number
  /** Series that share the budget, itself among them. */
  readonly peers: number
  readonly grid: Grid
}

/** A record that is believed of every series before any is seen. */
const PRIOR_RECORD = 12
/** The excess over a record is exponential; its mean in plain numbers, … */
const SCALE = 5
/** … and at least this share of the record: who reaches far varies more. */
const SCALE_SHARE = 1 / 5
/** Scales added in the account's first hours, halved every day: its first days are no records yet. */
const YOUNG_SCALES = 2
/** Days of an account in which the largest day counts: in a week, one of a kind is no anomaly. */
const FIRST_DAYS = 7

/**
 * How a series' next burst compares with its own past. Of n + 1 bursts that might come in any order, the newest is
 * among the k largest with probability k/(n + 1) (Rényi 1962); at n bursts in so many weeks that is k times in
 * weeks + 1, however busy a series is. By how much it leads is exponential (Pickands 1975, shape 0).
 */
export function recordLaw(counts: Counts, context: RecordContext): RecordLaw {
  const { day, ageDays, skippedDays = 0, peers, grid } = context
  const rank = ageDays < FIRST_DAYS ? 1 : 2
  const record = Math.max(PRIOR_RECORD, largestOfDays(counts, day, grid)[rank - 1] ?? 0)
  const young = 1 + YOUNG_SCALES * 2 ** -ageDays
  return {
    record,
    scale: Math.max(SCALE, SCALE_SHARE * record) * young,
    perWeek: (rank * peers) / ((Math.min(ageDays, LEARN_DAYS) - skippedDays) / 7 + 1),
  }
}

/**
 * -ln of the stretches as large expected per week in all the series.
 * @example
 * recordSurprise({ record: 20, scale: 5, perWeek: 1 }, 30) // => 2
 */
export function recordSurprise({ record, scale, perWeek }: RecordLaw, count: number): number {
  return (count - record) / scale - Math.log(perWeek)
}

/**
 * The count that one of so many series surpasses once in ten weeks.
 * @example
 * recordHigh({ record: 20, scale: 5, perWeek: 4 }, 10) // => 27
 */
export function recordHigh({ record, scale, perWeek }: RecordLaw, peers: number): number {
  return Math.ceil(record + scale * Math.log((10 * perWeek) / peers))
}

/** The largest stretch of every day of the 28 before with any, largest first; cut at midnight. */
function largestOfDays(counts: Counts, day: number, grid: Grid): readonly number[] {
  const perDay = windowsPerDay(grid)
  const largest: number[] = []
  for (let each = day - LEARN_DAYS; each < day; each++) {
    let most = 0
    eachStretch(
      counts,
      { from: each * perDay, until: (each + 1) * perDay },
      grid,
      (_from, _until, count) => {
        most = Math.max(most, count)
      },
    )
    if (most > 0) largest.push(most)
  }
  return largest.sort((one, other) => other - one)
}

/** The half hour up to each window with a count, as far as it lies in the span. */
export function stretchesIn(
  counts: Counts,
  { from, until }: WindowSpan,
  grid: Grid,
): readonly Stretch[] {
  const stretches: Stretch[] = []
  eachStretch(counts, { from, until }, grid, (fromWindow, untilWindow, count) => {
    stretches.push({ fromWindow, untilWindow, count })
  })
  return stretches
}

function eachStretch(
  counts: Counts,
  { from, until }: WindowSpan,
  grid: Grid,
  visit: (fromWindow: number, untilWindow: number, count: number) => void,
): void {
  const reach = runReach(grid)
  const end = cellsBefore(counts, until)
  let first = cellsBefore(counts, from)
  let count = 0
  for (let cell = first; cell < end; cell++) {
    const window = counts.at[cell] as number
    count += counts.count[cell] as number
    for (; (counts.at[first] as number) <= window - reach; first++) {
      count -= counts.count[first] as number
    }
    visit(counts.at[first] as number, window + 1, count)
  }
}
