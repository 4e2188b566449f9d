import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Replay } from '../../src/web/api/answers.ts'
import { calibration } from '../support/calibration.ts'
import { inBrowser, pageWorld } from '../support/page-world.ts'

const DAYS = 21
const WANTED = { days: 90, series: 500 }

const { serve, open } = pageWorld(({ offtrail }) => {
  expect(offtrail(['demo', '--days', String(DAYS), '--out', 'demo', '--quiet']).code).toBe(0)
})

/**
 * Lets the page see as many scores as 90 days of 500 APIs have: the demo's own, each series several times over. What is
 * asked of a copy is answered of its original.
 */
async function multiply(page: Page): Promise<{ scores: number; series: number }> {
  const size = { scores: 0, series: 0 }
  await page.route(/\/v1\/replay$/, async (route) => {
    const reply = await route.fetch()
    const replay = (await reply.json()) as Replay
    const apis = replay.series.filter(({ sum, errorCode }) => sum === null && errorCode === null)
    const times = Math.ceil((WANTED.days / DAYS) * Math.max(1, WANTED.series / apis.length))
    const series = replay.series.flatMap((each) =>
      Array.from({ length: times }, (_, copy) => ({ ...each, key: `${each.key}#${copy}` })),
    )
    size.series = series.length
    size.scores = series.reduce((sum, { scores }) => sum + scores.count.length, 0)
    await route.fulfill({ response: reply, json: { ...replay, series } })
  })
  await page.route(/\/v1\/replay\/episodes/, (route) =>
    route.continue({
      url: route
        .request()
        .url()
        .replace(/%23\d+(?=&|$)/g, ''),
    }),
  )
  return size
}

inBrowser('a turn of a slider', () => {
  it('decides 90 days of 500 APIs again, and says how long it took', async () => {
    const origin = await serve('--store', 'demo/offtrail.db')
    const { page } = await open(origin)
    const size = await multiply(page)
    await page.goto(`${origin}/#/tuner`)
    const slider = page.getByRole('slider', { name: /^Incidents a week and account/ })
    // Every answer is there: a turn is decided to its end.
    await page.getByRole('region', { name: 'Asked and got' }).waitFor({ timeout: 90_000 })
    await slider.focus()
    const took: number[] = []
    for (let turn = 0; turn < 12; turn++) {
      const hash = page.url()
      await slider.press(turn % 2 === 0 ? 'ArrowRight' : 'ArrowLeft')
      await page.waitForURL((url) => url.href !== hash)
      const words = (await page.locator('.took').textContent()) ?? ''
      took.push(Number(/again in ([\d.]+) ms\.$/.exec(words)?.[1]))
    }
    expect(size.scores).toBeGreaterThan(20_000)
    expect(took.every((ms) => ms > 0)).toBe(true)
    const middle = took.sort((a, b) => a - b)[took.length / 2] ?? 0
    const loop = await calibration(page)
    process.stderr.write(
      `tuner: ${size.scores} scores of ${size.series} series decided again in ${middle.toFixed(1)} ms (median of ${took.length}, most ${took.at(-1)?.toFixed(1)}; asked < 100); ten million logarithms take ${loop.toFixed(0)} ms here\n`,
    )
  }, 120_000)
})
