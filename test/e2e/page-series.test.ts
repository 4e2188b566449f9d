import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { listen } from '../../src/http/listen.ts'
import type { CoverageStretch } from '../../src/store/coverage.ts'
import { appOver, aSeries, HOUR_MS, MINUTE_MS, NOW_MS } from '../support/http-world.ts'
import { EVIL, inBrowser, pageWorld } from '../support/page-world.ts'
import { violationsIn } from '../support/watched-page.ts'

const { offtrail, path, open } = pageWorld()
const series = aSeries(1)
const span = 'from=2026-03-03T00:00:00Z&to=2026-03-05T12:00:00Z'
const scope = { account: series.account, region: series.region }
const hour = (at: string): number => Date.parse(`2026-03-04T${at}:00Z`) / HOUR_MS

/** Twelve calls at ten o'clock of the day before yesterday, and three a week before. */
const cells = [
  { minute: Date.parse('2026-03-04T10:00Z') / MINUTE_MS, count: 12 },
  { minute: Date.parse('2026-02-25T10:00Z') / MINUTE_MS, count: 3 },
].map((cell) => ({ ...cell, series: series.ref, errorCode: null }))

const detection = {
  suppressions: [
    { api: 'ec2:*', reason: `load test ${EVIL}`, until: '2026-03-04T06:00:00Z' },
    { effect: 'drop-from-counts', api: 'ec2:*', until: '2026-03-03T12:00:00Z', reason: 'bulk' },
    { principal: `*${EVIL}`, direction: 'up', reason: 'releases' },
  ],
  calendars: (
    [
      ['backup', ['learning'], '08'],
      ['move', ['result'], '11'],
      [`freeze ${EVIL}`, ['result', 'learning'], '14'],
    ] as const
  ).map(([name, skip, from]) => ({
    ...{ name, skip, reason: 'planned' },
    events: [{ start: `2026-03-04T${from}:00`, end: `2026-03-04T${Number(from) + 2}:00` }],
  })),
}
const coverage: readonly CoverageStretch[] = [
  { ...scope, fromHour: hour('10'), untilHour: hour('17'), state: 'proven' },
  { ...scope, fromHour: hour('17'), untilHour: hour('19'), state: 'missing' },
]

/** What can be seen of each canvas without its colour. */
const alphasOf = (all: unknown[]): readonly string[] =>
  (all as Canvas[]).map((each) => {
    const { width, height } = each
    const { data } = each.getContext('2d').getImageData(0, 0, width, height)
    return String(data.filter((_, at) => at % 4 === 3))
  })

/** As much of the browser's canvas as is asked. */
interface Canvas {
  readonly width: number
  readonly height: number
  getContext(kind: '2d'): {
    getImageData(...box: readonly number[]): { readonly data: Uint8ClampedArray }
  }
}

async function serve(): Promise<string> {
  const file = (name: string) =>
    readFileSync(new URL(`../../dist/src/web/${name}`, import.meta.url), 'utf8')
  const page = { html: file('index.html'), script: file('page.js'), style: file('page.css') }
  const regions = [{ region: series.region, watermarkMs: NOW_MS, scoredMs: NOW_MS }]
  const accounts = [{ account: series.account, firstMinute: 0, dirtyMinute: null, regions }]
  const contents = { series: [series], cells, coverage, accounts }
  const app = await appOver(contents, {}, { page, detection })
  onTestFinished(() => app.close())
  return listen(app, { port: 0 })
}

inBrowser('a series, on the page,', () => {
  it.each(['light', 'dark'] as const)(
    'shows in %s what is excluded and where the trail has gaps, in shades and in words',
    async (colorScheme) => {
      const hash = `#/series?series=${series.id}&${span}&beside=week&scale=log`
      const { page, misdeeds } = await open(await serve(), hash, { colorScheme })
      const legend = page.getByRole('list', { name: 'What the lines and shades mean' })
      for (const words of [
        ...['suppressed: not reported', 'suppressed: not counted', 'suppressed in part'],
        'calendar: not reported',
        ...['calendar: not learned from', 'calendar: neither reported nor learned from'],
        ...['gap in the trail', 'a week before'],
      ]) {
        await legend.getByText(words, { exact: true }).waitFor()
      }
      // Told apart without colour: no two are drawn alike.
      const drawn = await legend.locator('canvas').evaluateAll(alphasOf)
      expect(new Set(drawn).size).toBe(7)
      const table = page.getByRole('table', { name: 'Excluded times and gaps' })
      await table.getByText(`freeze ${EVIL}: planned`).waitFor()
      await table.getByText(`not reported: load test ${EVIL}`).waitFor()
      await table.getByText('missing: a digest or file is not there').waitFor()
      expect(await table.getByRole('row').count()).toBe(8)
      await page.getByText('The numbers as a table').click()
      await page.getByRole('columnheader', { name: 'A week before' }).waitFor()
      const row = page.getByRole('row', { name: /^2026-03-04 10:00/ })
      expect(await row.getByRole('cell').last().textContent()).toBe('3')
      expect(await violationsIn(page)).toEqual([])
      expect(await page.locator('img, main script').count()).toBe(0)
      expect(misdeeds).toEqual([])
    },
  )

  it('has its scale and the week before switched by keyboard, and keeps them in its address', async () => {
    const { page, misdeeds } = await open(await serve(), `#/series?series=${series.id}&${span}`)
    const log = page.getByRole('button', { name: 'Log scale' })
    await log.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/scale=log/)
    await expect.poll(() => log.getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.waitForURL(/beside=week/)
    await page.getByText('a week before', { exact: true }).waitFor()
    expect(await page.evaluate('document.activeElement.dataset.key')).toBe('beside week')
    await page.reload()
    await page.getByText('a week before', { exact: true }).waitFor()
    await expect.poll(() => log.getAttribute('aria-pressed')).toBe('true')
    await page.getByRole('button', { name: 'Linear scale' }).click()
    await page.waitForURL((url) => !url.hash.includes('scale'))
    expect(misdeeds).toEqual([])
  })
})

inBrowser('a series, in a report,', () => {
  it('shows what was excluded when it was made', async () => {
    const settings = [
      'suppressions:',
      '  - api: ec2:*',
      '    until: 2099-01-01T00:00:00Z',
      '    reason: known',
    ]
    const file = path('report.yaml')
    writeFileSync(file, `${settings.join('\n')}\n`)
    const days = ['--from', '2026-03-09', '--to', '2026-03-12']
    expect(offtrail(['report', ...days, '-c', file, '-o', 'series.html']).code).toBe(0)
    const { page, misdeeds } = await open(`file://${path()}`, 'series.html')
    await page.getByRole('link', { name: 'ec2:RunInstances' }).click()
    await page.getByRole('link', { name: 'Show it through time' }).click()
    await page.getByText('not reported: known').waitFor()
    await page.getByRole('button', { name: 'Log scale' }).click()
    await page.getByRole('button', { name: /^−1 week/ }).click()
    await page.getByText('a week before', { exact: true }).waitFor()
    expect(await violationsIn(page)).toEqual([])
    expect(misdeeds).toEqual([])
  })
})
