import type { Ablation } from './ablation.ts'

/** What sparse series are judged by, a part left out at a time. */
export const SPARSE: readonly Ablation[] = [
  {
    name: 'no-own-bursts',
    edits: [
      {
        file: 'baseline/burst-law.ts',
        from: 'const { bursts, logs, squares } = own',
        to: 'const { bursts, logs, squares } = NO_BURSTS',
      },
      {
        file: 'baseline/burst-law.ts',
        from: '(bursts + RATE_SHAPE) / ((RATE_SHAPE * peers) / law.perWeek + weeksOf(ageDays))',
        to: 'law.perWeek / peers',
      },
    ],
  },
  {
    name: 'whole-bursts',
    edits: [
      {
        file: 'detector/scan-sparse.ts',
        from: "[...scanSize(input, 'whole'), ...scanSize(input, 'window')]",
        to: "scanSize(input, 'whole')",
      },
      {
        file: 'detector/judge-burst.ts',
        from: 'LOOKS: number = Math.LN2',
        to: 'LOOKS: number = 0',
      },
    ],
  },
  {
    name: 'no-window-records',
    edits: [
      {
        file: 'detector/scan-sparse.ts',
        from: "size === 'window' && series.pool === 'calls'",
        to: 'false',
      },
      {
        file: 'detector/pool-day.ts',
        from: "pool === 'calls' && size === 'whole'",
        to: "pool === 'calls'",
      },
    ],
  },
  {
    name: 'no-unlike-bursts',
    edits: [
      {
        file: 'baseline/burst-law.ts',
        from: 'return Math.max(logNormalTail(calls, own), unlike)',
        to: 'return logNormalTail(calls, own)',
      },
    ],
  },
  {
    name: 'no-error-share',
    edits: [
      {
        file: 'detector/judge-burst.ts',
        from: 'const given = share?.({ from: fromWindow, until: untilWindow })',
        to: 'const given = undefined',
      },
    ],
  },
  {
    name: 'no-pool-tail',
    edits: [
      {
        file: 'detector/pool-day.ts',
        from: "pool === 'calls' && size === 'whole' ? poolTail(lessons(), law) : OWN_TAIL",
        to: 'OWN_TAIL',
      },
    ],
  },
  {
    name: 'no-young-variance',
    edits: [
      { file: 'baseline/burst-law.ts', from: 'YOUNG_VARIANCE = 9', to: 'YOUNG_VARIANCE = 0' },
    ],
  },
]
