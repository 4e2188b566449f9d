import { expect, it } from 'vitest'
import { aftermathOf } from '../../../../../benchmarks/quality/measure/aftermath.ts'
import { judge } from '../../../../../benchmarks/quality/measure/judge.ts'
import { quietSeries, tracksScored } from './builders.ts'

it('parts the false events after a change at 72 hours', () => {
  const series = quietSeries({ changes: [{ kind: 'shift', bucket: 600 }] })
  const calls = { 590: 1, 600: 1, 671: 1, 672: 1, 700: 1 }
  const tracks = tracksScored(series, { calls, errors: { 800: 1 } })
  expect(aftermathOf(tracks, judge(tracks, 1))).toEqual([
    { kind: 'shift', changes: 1, perChange: 2, perWeekAfter: 1 },
  ])
})
