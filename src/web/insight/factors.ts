import type { Rate, Terms, WholeInsight } from '../api/answers.ts'
import { element } from '../dom/element.ts'
import { table } from '../dom/table.ts'
import type { Times } from '../state/times.ts'
import { numberText } from '../state/words.ts'

/** What the terms of a score stand for. Those that are not here speak for themselves. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['law', 'what it was held against'],
  ['burst', 'calls of the burst'],
  ['size', 'which size of the burst was judged'],
  ['count', 'calls counted'],
  ['countJudged', 'calls judged'],
  ['expected', 'calls expected'],
  ['mean', 'calls expected in the window'],
  ['variance', 'their variance'],
  ['phi', 'dispersion: variance in proportion to the mean'],
  ['alpha', 'dispersion: variance in proportion to its square'],
  ['windows', 'length, in grid windows'],
  ['logTail', 'logarithm of the chance of as much or more'],
  ['tailFrom', 'surprise from which the tail was measured'],
  ['tailScale', 'how heavy the tail is (1: as the law says)'],
  ['degrees', 'windows as long that its scatter was learned from, less one'],
  ['testsPerWeek', 'looks of this length a week'],
  ['looks', 'ways it was looked at, all paid for'],
  ['denseSeries', 'busy APIs of the account'],
  ['sparseSeries', 'rare APIs of the account'],
  ['penalty', 'what looking so often costs'],
  ['changesPerWeek', 'changes for good a week, in its direction'],
  ['changeShare', 'share of them as large as this'],
  ['observedDays', 'days known of it'],
  ['burstsPerWeek', 'bursts a week'],
  ['lengths', 'lengths that a burst was looked at in'],
  ['ownBursts', 'bursts of this API known'],
  ['accountBursts', 'bursts of the account known'],
  ['location', 'mean of the logarithm of burst sizes'],
  ['spread', 'their standard deviation'],
  ['record', 'the most before'],
  ['recordScale', 'by how much records are usually broken'],
  ['recordsPerWeek', 'records broken a week by chance'],
  ['doublingsPerWeek', 'windows a week that double the most before'],
  ['callers', 'callers known'],
  ['firstSightingsPerWeek', 'new APIs a week'],
  [
    'uncalibrated',
    'surprise by these laws; the score says how often as much came on simulated accounts',
  ],
])

/** Every term of a score, with what it stands for. */
export function factorTable(terms: Terms): HTMLElement {
  const rows = Object.entries(terms).map(([name, value]) => [
    element('code', {}, name),
    MEANINGS.get(name) ?? '',
    typeof value === 'number' ? element('span', { title: value }, numberText(value)) : value,
  ])
  const columns = [{ head: 'Term' }, { head: 'Meaning' }, { head: 'Value', isNumber: true }]
  return table('The terms of the score', columns, rows)
}

/** What came, what was expected, and what is usual. */
export function numbersTable(insight: WholeInsight, times: Times): HTMLElement {
  const { trigger, episode, baseline, expected, low, high } = insight
  const row = (name: string, rate: Rate) => [
    name,
    `${times.short(Date.parse(rate.startTime))} – ${times.short(Date.parse(rate.endTime))}`,
    numberText(rate.count),
    numberText(rate.average),
  ]
  const columns = [
    { head: 'Span' },
    { head: 'When' },
    { head: 'Count', isNumber: true },
    { head: 'A minute', isNumber: true },
  ]
  const range = `${numberText(low)} to ${numberText(high)}`
  const expectedRow = ['Expected there', `98 % of the time ${range}`, numberText(expected), '']
  return table('What came and what was expected', columns, [
    row('Window that fired', trigger),
    expectedRow,
    ...(episode === null ? [] : [row('All of it', episode)]),
    row('Week before', baseline),
  ])
}
