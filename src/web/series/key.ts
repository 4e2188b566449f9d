import { element } from '../dom/element.ts'
import type { Times } from '../state/times.ts'
import { numberText } from '../state/words.ts'
import type { Seen } from './load.ts'

/** What stands at one point, in words. */
export function sayPoint(point: Seen['points'][number], times: Times): string {
  const { time, count, expected, low, high } = point
  const norm =
    expected === null
      ? 'no baseline of its own'
      : `expected ${numberText(expected)}, normal ${numberText(low ?? 0)} to ${numberText(high ?? 0)}`
  return `${times.moment(Date.parse(time))}: ${numberText(count)} – ${norm}`
}

/** What the lines of a chart mean. */
export function keyOf({ period, points }: Seen): HTMLElement {
  const isKnown = points.some(({ expected }) => expected !== null)
  const item = (mark: string, label: string) =>
    element('li', {}, element('span', { class: `mark ${mark}`, 'aria-hidden': 'true' }), label)
  return element(
    'ul',
    { class: 'legend', 'aria-label': 'What the lines mean' },
    item('count', `calls in ${period === 3600 ? 'an hour' : `${period / 60} min`}`),
    isKnown && item('expected', 'expected'),
    isKnown && item('band', 'normal (98 %)'),
    !isKnown && element('li', {}, 'no baseline of its own: judged by bursts'),
    item('insight', 'insight'),
  )
}
