import { describe, expect, it } from 'vitest'
import { planDay } from '../../../../models/detector/day-plan.ts'
import { totalsOf } from '../../../../models/detector/scan-total.ts'
import { subjectsOf } from '../../../../models/detector/subject.ts'
import type { SeriesHistory } from '../../../../models/index.ts'
import { countsAt, countsFrom, seriesOf } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const day = 40
const midnight = day * 288
const all = new Float64Array(midnight)

const busy = seriesOf(countsFrom(all.fill(4)), { key: 'api' })
const errorsOf = (code: string, rest: Partial<SeriesHistory> = {}) =>
  seriesOf(countsFrom(all.map((_, at) => (at % 3 === 0 ? 1 : 0))), {
    ...{ key: `api ${code}`, metric: 'errors', of: 'api', exposure: busy.counts, ...rest },
  })

function planOf(series: readonly SeriesHistory[]) {
  const span = { fromDay: day, untilDay: day + 1 }
  const subjects = subjectsOf(series, span, grid)
  const totals = totalsOf(subjects, span, grid)
  return planDay({ subjects, totals }, day, { bornWindow: 5 * 288, keep: 'account', grid })
}

describe('planDay', () => {
  it('takes what was seen in the days it looks back on, and classes it', () => {
    const young = seriesOf(countsAt([midnight - 300, 2]), { key: 'young' })
    const gone = seriesOf(countsAt([3 * 288, 2]), { key: 'gone' })
    const later = seriesOf(countsAt([midnight + 400, 2]), { key: 'later' })
    const { seen, denseKeys, ageDays } = planOf([young, gone, later, busy])
    expect(seen.map(({ series, seriesClass }) => [series.key, seriesClass])).toEqual([
      ['api', 'dense'],
      ['young', 'learning'],
    ])
    expect(denseKeys).toEqual({ calls: ['api'], errors: [] })
    expect(ageDays).toBe(35)
  })

  it('says of the shared law how many series share it, one at least', () => {
    const sparse = (key: string) => seriesOf(countsAt([midnight - 300, 2]), { key })
    expect(planOf([busy]).laws.calls.series).toBe(1)
    expect(planOf([busy, sparse('a'), sparse('b'), sparse('c')]).laws.calls.series).toBe(3)
  })

  it('adds up the errors of an API that fails in several ways', () => {
    expect(planOf([busy, errorsOf('denied')]).totals).toEqual([])
    const [total] = planOf([busy, errorsOf('denied'), errorsOf('throttled')]).totals
    expect(total?.parts.map(({ key }) => key)).toEqual(['api denied', 'api throttled'])
  })
})
