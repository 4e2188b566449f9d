import { expect, it } from 'vitest'
import { place } from '../support/offtrail.ts'

const { path, offtrail } = place()

interface Backtested {
  readonly othersPerWeek: { readonly got: number }
  readonly caught: number
}

/** Five weeks are tuned on; the four after them nobody has looked at. */
const TUNED_UNTIL = '2026-10-12'

it('tune keeps to its budget within a factor of two in the four weeks that follow', () => {
  expect(offtrail(['demo', '--days', '63', '--out', 'demo', '--quiet']).code).toBe(0)
  const history = [
    ...['--store', path('demo', 'offtrail.db')],
    ...['--labels', path('demo', 'trail-7-63', 'labels.json')],
  ]
  const tuned = ['tune', ...history, '--to', TUNED_UNTIL, '--budget', '1', '--write', 'tuned.yaml']
  expect(offtrail(tuned).code).toBe(0)
  const written = offtrail(['config', 'print', '--config', 'tuned.yaml']).out
  const proposed = /^ {2}account: ([\d.]+)/m.exec(written)?.[1]
  const { code, out } = offtrail([
    ...['backtest', ...history, '--config', 'tuned.yaml', '--from', TUNED_UNTIL, '--json'],
    ...['--grid', `alarmBudget.account=${proposed}`],
  ])
  expect(code).toBe(0)
  const [ahead] = JSON.parse(out) as Backtested[]
  expect(ahead?.othersPerWeek.got).toBeGreaterThanOrEqual(0.5)
  expect(ahead?.othersPerWeek.got).toBeLessThanOrEqual(2)
  expect(ahead?.caught).toBeGreaterThanOrEqual(6)
})
