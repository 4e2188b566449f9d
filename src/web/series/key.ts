import { element } from '../dom/element.ts'
import { overlap } from '../lanes/lanes.ts'
import type { Times } from '../state/times.ts'
import { numberText } from '../state/words.ts'
import { BAND_WORDS, kindsIn } from './bands.ts'
import { swatch } from './hatch.ts'
import type { Seen } from './load.ts'

/** What stands at one point, in words. */
export function sayPoint(point: Seen['points'][number], seen: Seen, times: Times): string {
  const { time, count, expected, low, high } = point
  const atMs = Date.parse(time)
  const norm =
    expected === null
      ? 'no baseline of its own'
      : `expected ${numberText(expected)}, normal ${numberText(low ?? 0)} to ${numberText(high ?? 0)}`
  const before = seen.before?.get(atMs)
  const within = { fromMs: atMs, untilMs: atMs + seen.period * 1000 }
  const here = kindsIn(seen.bands.filter((band) => overlap(band, within)))
  return [
    `${times.moment(atMs)}: ${numberText(count)} – ${norm}`,
    ...(before === undefined ? [] : [`a week before ${numberText(before)}`]),
    ...here.map((kind) => BAND_WORDS[kind]),
  ].join('; ')
}

/** What the lines and shades of a chart mean. */
export function keyOf({ period, points, before, bands, span }: Seen): HTMLElement {
  const isKnown = points.some(({ expected }) => expected !== null)
  const item = (mark: string, label: string) =>
    element('li', {}, element('span', { class: `mark ${mark}`, 'aria-hidden': 'true' }), label)
  const shades = kindsIn(bands.filter((band) => overlap(band, span))).map((kind) =>
    element('li', {}, swatch(kind), BAND_WORDS[kind]),
  )
  return element(
    'ul',
    { class: 'legend', 'aria-label': 'What the lines and shades mean' },
    item('count', `calls in ${period === 3600 ? 'an hour' : `${period / 60} min`}`),
    isKnown && item('expected', 'expected'),
    isKnown && item('band', 'normal (98 %)'),
    !isKnown && element('li', {}, 'no baseline of its own: judged by bursts'),
    before !== null && item('before', 'a week before'),
    item('insight', 'insight'),
    ...shades,
  )
}
