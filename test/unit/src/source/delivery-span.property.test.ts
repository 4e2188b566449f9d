import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DeliverySpan,
  daysOf,
  isDelivered,
  mayHoldDelivered,
} from '../../../../src/source/delivery-span.ts'
import { formatObjectName, parseObjectName } from '../../../../src/source/object-name.ts'

const DAY_MS = 86_400_000
const name = (stampMs: number) => ({
  ...{ account: '111122223333', region: 'eu-west-1', folder: 'CloudTrail', stampMs },
})
const timeMs = fc
  .integer({ min: Date.UTC(2024, 10, 20), max: Date.UTC(2025, 2, 10) })
  .map((at) => Math.floor(at / 60_000) * 60_000)
const span = fc.record({ fromMs: timeMs, untilMs: timeMs })

/** The folders that a file lies in, from its day's up, and the file. */
function placeOf(stampMs: number): { readonly folders: readonly string[]; readonly key: string } {
  const key = `/logs/${formatObjectName(name(stampMs), { suffix: 'AbCdEfGhIjKlMnOp' })}`
  const parts = key.split('/')
  return { key, folders: [1, 2, 3, 4, 5].map((up) => parts.slice(0, -up).join('/')) }
}

describe('what was delivered in a span of time', () => {
  it('lies in folders that are looked into', () => {
    fc.assert(
      fc.property(timeMs, span, (stampMs, asked) => {
        const { folders, key } = placeOf(stampMs)
        fc.pre(isDelivered(parseObjectName(key), asked))
        expect(folders.filter((folder) => !mayHoldDelivered(folder, asked))).toEqual([])
      }),
    )
  })

  it('lies in no day that is passed over, and in each that is not', () => {
    fc.assert(
      fc.property(timeMs, span, (stampMs, asked) => {
        const [day = ''] = placeOf(stampMs).folders
        const midnight = Math.floor(stampMs / DAY_MS) * DAY_MS
        const minutes = Array.from({ length: 1440 }, (_, minute) => midnight + minute * 60_000)
        const holdsSome = minutes.some((minute) => isDelivered(name(minute), asked))
        expect(mayHoldDelivered(day, asked)).toBe(holdsSome)
      }),
    )
  })
})

describe('the folders of a span of time', () => {
  const asked: DeliverySpan = {
    fromMs: Date.parse('2026-09-29T10:00Z'),
    untilMs: Date.parse('2026-12-30T23:59Z'),
  }

  it('begin with its first day and end the day after its last', () => {
    expect(daysOf(asked)).toEqual({ first: '2026/09/29', beyond: '2027/01/01' })
  })

  it.each([
    ['2025', false],
    ['2026', true],
    ['2026/08', false],
    ['2026/09', true],
    ['2026/09/28', false],
    ['2026/09/29', true],
    ['2026/12/31', true],
    ['2027', true],
    ['2027/01', true],
    ['2027/01/01', false],
    ['2028', false],
  ])('are looked into below %s: %s', (date, isWanted) => {
    const folder = `/logs/AWSLogs/111122223333/CloudTrail/eu-west-1/${date}`
    expect(mayHoldDelivered(folder, asked)).toBe(isWanted)
    expect(mayHoldDelivered(folder.replace('CloudTrail', 'CloudTrail-Insight'), asked)).toBe(
      isWanted,
    )
  })

  it.each([
    '/logs/2020/01/02',
    '/CloudTrail/2020',
    '/logs/CloudTrail/eu-west-1/2020/01/02/kept',
    '/logs/CloudTrail/eu-west-1/202',
  ])('are not told by %s, which is no folder of the layout', (folder) => {
    expect(mayHoldDelivered(folder, asked)).toBe(true)
  })

  it('have no end where the last year there is is asked for', () => {
    const endless = { fromMs: 0, untilMs: Date.parse('9999-12-31') }
    expect(isDelivered(name(Date.UTC(2100, 11, 31)), endless)).toBe(true)
    expect(mayHoldDelivered('/CloudTrail/eu-west-1/2100/12/31', endless)).toBe(true)
  })

  it('hold what has another name, whenever it came', () => {
    expect(isDelivered(null, asked)).toBe(true)
  })
})
