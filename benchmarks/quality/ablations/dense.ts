import type { Ablation } from './ablation.ts'

/** No season but that of the hour of the day. */
const NO_WEEK = {
  file: 'baseline/hour-fit.ts',
  from: 'fitProfile(leveled, noise, context)',
  to: 'fitProfile(leveled, noise, { ...context, dayOnly: true })',
}
/** Nor a shape inside the hour. */
const NO_HOUR_SHAPE = {
  file: 'baseline/learn.ts',
  from: 'calls >= SHAPED_FROM_CALLS && windowsPerHour(grid) > 1',
  to: 'false',
}

/** What dense series are judged by, a part left out at a time. */
export const DENSE: readonly Ablation[] = [
  {
    name: 'no-levels',
    edits: [
      {
        file: 'baseline/hour-fit.ts',
        from: 'dayOnly ? null : levelPath(',
        to: 'true ? null : levelPath(',
      },
    ],
  },
  {
    name: 'no-week-climb',
    edits: [{ file: 'detector/scan-level.ts', from: ': climb(plan, until)', to: ': undefined' }],
  },
  { name: 'no-week-season', edits: [NO_WEEK] },
  {
    name: 'no-season',
    edits: [
      NO_WEEK,
      NO_HOUR_SHAPE,
      {
        file: 'baseline/profile.ts',
        from: 'slotting: HOURS_OF_DAY, parents: overall',
        to: 'slotting: { period: 24, width: 24 }, parents: overall',
      },
    ],
  },
  { name: 'no-hour-shape', edits: [NO_HOUR_SHAPE] },
  {
    name: 'no-shrinkage',
    edits: [
      { file: 'baseline/shrink.ts', from: ' || between === 0) continue', to: ') continue' },
      {
        file: 'baseline/shrink.ts',
        from: 'between / (between + (variances[slot] as number))',
        to: '1',
      },
    ],
  },
  {
    name: 'one-window',
    edits: [
      { file: 'detector/scan.ts', from: 'scaleAt < dispersion.length', to: 'scaleAt < 1' },
      {
        file: 'detector/dense-day.ts',
        from: 'looks: baseline.dispersion.length *',
        to: 'looks: 1 *',
      },
    ],
  },
  {
    name: 'long-steps',
    edits: [
      {
        file: 'series/scales.ts',
        from: 'LONGEST_STEP_MINUTES = 120',
        to: 'LONGEST_STEP_MINUTES = 1e9',
      },
    ],
  },
  {
    name: 'no-teach-cap',
    edits: [{ file: 'baseline/cap.ts', from: 'TEACH_SPREADS = 5', to: 'TEACH_SPREADS = 1e9' }],
  },
  {
    name: 'no-span-cap',
    edits: [{ file: 'baseline/cap.ts', from: 'SPAN_SPREADS = 4', to: 'SPAN_SPREADS = 1e9' }],
  },
  {
    name: 'no-tail-scale',
    edits: [
      {
        file: 'baseline/tails.ts',
        from: 'return tailScale(largestSurprises(surprising, asked), taughtWindows, windows)',
        to: 'return { from: Math.LN10, scale: 1 }',
      },
    ],
  },
  {
    name: 'no-student',
    edits: [
      {
        file: 'detector/judge.ts',
        from: 'return studentSurprise(own, degreesOf(plan, windows)) - penaltyOf',
        to: 'return own - penaltyOf',
      },
    ],
  },
  {
    name: 'no-record',
    edits: [{ file: 'detector/judge.ts', from: 'RECORD_DAYS = 7', to: 'RECORD_DAYS = 29' }],
  },
  {
    name: 'no-burst-bound',
    edits: [{ file: 'detector/judge.ts', from: ', burstBound(habit, plan)]', to: ']' }],
  },
  {
    name: 'no-changes',
    edits: [
      {
        file: 'detector/changes.ts',
        from: 'return -Math.log(Math.exp(-surprise) + changes)',
        to: 'return surprise',
      },
    ],
  },
  {
    name: 'falls-for-good',
    edits: [
      {
        file: 'detector/changes.ts',
        from: "direction === 'up' ? by : 1 / by",
        to: "direction === 'up' ? by : 1",
      },
    ],
  },
  {
    name: 'no-error-totals',
    edits: [{ file: 'detector/day-plan.ts', from: 'totals: totals(day)', to: 'totals: []' }],
  },
  {
    name: 'no-falls',
    edits: [
      {
        file: 'detector/score-day.ts',
        from: '{ counts, skips, delivery, coverage, longestSilence: once(silence) }',
        to: 'null',
      },
    ],
  },
]
