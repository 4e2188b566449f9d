import { describe, expect, it } from 'vitest'
import { type Told, type ToldSum, unsaid } from '../../../../models/detector/unsaid.ts'

const plain: Told = {
  ...{ api: 's3.amazonaws.com:GetObject', region: 'eu-west-1', direction: 'up' },
  ...{ principal: 'user/a', startWindow: 100, endWindow: 112 },
  ...{ surprise: 9, count: 60, sum: null },
}
const sumOf = (sum: Partial<ToldSum>, rest: Partial<Told> = {}): Told => ({
  ...plain,
  api: 'offtrail:Sum',
  ...rest,
  sum: { kind: 'denials', scope: 'region', mostly: null, ...sum },
})

describe('unsaid', () => {
  it('leaves denied calls to the API that made most of them, if it speaks', () => {
    const sum = sumOf({ mostly: plain.api })
    expect(unsaid([sum], [plain])).toEqual([])
    expect(unsaid([sumOf({})], [plain])).toEqual([sumOf({})])
  })

  it.each<[string, Partial<Told>]>([
    ['another API', { api: 's3.amazonaws.com:PutObject' }],
    ['another Region', { region: 'eu-central-1' }],
    ['a fall', { direction: 'down' }],
    ['what ended before', { startWindow: 50, endWindow: 100 }],
    ['what began after', { startWindow: 112, endWindow: null }],
  ])('keeps them beside %s', (_, rest) => {
    const sum = sumOf({ mostly: plain.api })
    expect(unsaid([sum], [{ ...plain, ...rest }])).toEqual([sum])
  })

  it("asks not for the Region of a caller's own, and knows what still goes on", () => {
    const sum = sumOf({ mostly: plain.api, scope: 'principal' }, { endWindow: null })
    const elsewhere = { ...plain, region: 'eu-central-1', startWindow: 500, endWindow: null }
    expect(unsaid([sum], [elsewhere])).toEqual([])
  })

  it("leaves a Region's sum to the caller's own of the same kind", () => {
    const own = sumOf({ scope: 'principal' })
    const other = sumOf({}, { principal: null })
    expect(unsaid([sumOf({}), own, other], [])).toEqual([own, other])
    expect(unsaid([sumOf({ kind: 'distinct' }), own], [])).toHaveLength(2)
  })

  it("tells a caller's sweep once, by what is more surprising of it", () => {
    const all = sumOf({ kind: 'distinct', scope: 'principal' })
    const fresh = sumOf({ kind: 'newcomers', scope: 'principal' }, { surprise: 4, count: 30 })
    expect(unsaid([all, fresh], [])).toEqual([all])
    const odder = { ...fresh, surprise: 12 }
    expect(unsaid([all, odder], [])).toEqual([odder])
    const few = { ...fresh, count: 29 }
    expect(unsaid([all, few], [])).toEqual([all, few])
  })
})
