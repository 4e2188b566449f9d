import { describe, expect, it } from 'vitest'
import { coverageWindows, skippingLost } from '../../../../src/pipeline/coverage-windows.ts'
import type { CoverageStretch } from '../../../../src/store/coverage.ts'
import { memoryReader } from '../../../support/memory-reader.ts'

const account = '111122223333'
const region = 'eu-west-1'
const stretch = (fromHour: number, untilHour: number, state: CoverageStretch['state']) => ({
  ...{ account, region, fromHour, untilHour, state },
})
const coverage = [
  stretch(10, 12, 'proven'),
  stretch(12, 13, 'gap'),
  stretch(13, 14, 'missing'),
  stretch(14, 20, 'proven'),
]
const span = { fromMinute: 0, untilMinute: 3000 }
const known = (windowMinutes: number) =>
  coverageWindows(memoryReader({ coverage }), account, span, windowMinutes)

describe('coverageWindows', () => {
  it('takes calls as delivered up to 20 minutes later, to either side of doubt', () => {
    expect(known(5)(region)).toEqual({
      lost: [{ from: 140, until: 168 }],
      proven: [
        { from: 120, until: 140 },
        { from: 168, until: 236 },
      ],
    })
    expect(known(60)(region)).toEqual({
      lost: [{ from: 11, until: 14 }],
      proven: [
        { from: 10, until: 11 },
        { from: 14, until: 19 },
      ],
    })
  })

  it('knows nothing of other Regions', () => {
    expect(known(5)('us-east-1')).toBeUndefined()
  })
})

describe('skippingLost', () => {
  const about = { account, region, eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' }

  it('adds what is lost to what calendars skip', () => {
    const skips = [
      { from: 100, until: 141 },
      { from: 300, until: 310 },
    ]
    expect(skippingLost(() => skips, known(5))(about)).toEqual([
      { from: 100, until: 168 },
      { from: 300, until: 310 },
    ])
    expect(skippingLost(() => undefined, known(5))(about)).toEqual([{ from: 140, until: 168 }])
  })

  it('leaves Regions that nothing is known of as they are', () => {
    const elsewhere = { ...about, region: 'us-east-1' }
    expect(skippingLost(() => undefined, known(5))(elsewhere)).toBeUndefined()
  })
})
