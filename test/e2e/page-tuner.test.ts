import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBrowser, pageWorld } from '../support/page-world.ts'
import { writeDays, written } from '../support/pipeline-world.ts'
import { violationsIn } from '../support/watched-page.ts'

/** Bursts that grow from day to day, each of an API of its own: every budget finds others. */
const burstOn = (day: number) =>
  day < 10
    ? []
    : [
        {
          minute: 720,
          count: 4 * (day - 8),
          changes: { eventName: `Create${'ABCDEFGHIJK'[day - 10]}` },
        },
      ]

const { offtrail, serve, open, path } = pageWorld((world) => {
  writeDays(world.path('trail'), { from: 0, until: 21 }, burstOn)
  expect(world.offtrail(['run', 'trail']).code).toBe(0)
})

/** The number in a row of the table of outcomes, as the turned settings have it. */
async function turnedIn(page: Page, row: RegExp): Promise<number> {
  const cells = page.getByRole('row', { name: row }).getByRole('cell')
  return Number(await cells.last().textContent())
}

const settled = (page: Page) => page.getByRole('region', { name: 'Asked and got' }).waitFor()

inBrowser('the tuner', () => {
  it('shows what a backtest says, and leads to a file that a run decides the same with', async () => {
    const origin = await serve()
    const { page, misdeeds } = await open(origin, '#/tuner')
    await settled(page)
    const before = await turnedIn(page, /^Incidents \d/)
    const slider = page.getByRole('slider', { name: /^Incidents a week and account/ })
    await slider.focus()
    await slider.press('ArrowLeft')
    for (let at = 0; at < 6; at++) await slider.press('ArrowLeft')
    await page.getByText('Lost: ').waitFor()
    expect(new URL(page.url()).hash).toBe('#/tuner?tuned=alarmBudget.account%3D0.2')
    const incidents = await turnedIn(page, /^Incidents \d/)
    const insights = await turnedIn(page, /^Insights in them/)
    expect(incidents).toBeLessThan(before)

    const shell = (await page.locator('pre', { hasText: 'offtrail backtest' }).textContent()) ?? ''
    const [told] = JSON.parse(offtrail([...shell.split(' ').slice(1), '--json']).out)
    expect(told.incidents).toBe(incidents)

    const yaml = (await page.locator('pre', { hasText: 'alarmBudget:' }).textContent()) ?? ''
    written(path('tuned.yaml'), yaml)
    const run = offtrail(['run', 'trail', '--config', 'tuned.yaml', '--store', 'tuned.db'])
    expect(run.code).toBe(0)
    const listed = offtrail(['insights', 'list', '--store', 'tuned.db', '--json', '--limit', '500'])
    const items = JSON.parse(listed.out) as { insightType: string; incident: string }[]
    const alarms = items.filter(({ insightType }) => insightType !== 'NewApiInsight')
    expect(alarms).toHaveLength(insights)
    expect(new Set(alarms.map(({ incident }) => incident)).size).toBe(incidents)
    expect(misdeeds).toEqual([])
  })

  it('shows what a link says, with what was gained and lost, and goes back to what is in force', async () => {
    const origin = await serve()
    const { page, misdeeds } = await open(
      origin,
      '#/tuner?tuned=alarmBudget.account%3D20%2Cfloors.calls%3D1',
    )
    const gained = page.getByRole('region', { name: 'Gained' })
    await gained.getByRole('row').nth(1).waitFor()
    await page.getByText('What an anomaly is at least').click()
    const floor = page.getByRole('slider', { name: /^Calls of a rarely used API/ })
    await floor.focus()
    await floor.press('End')
    await page.getByText(/^1.000 \(now 10\)$/).waitFor()
    await page.getByRole('heading', { name: /^Lost: [1-9]/ }).waitFor()
    await page.getByRole('button', { name: 'As in force' }).click()
    await page.getByRole('heading', { name: 'Gained: 0 insights' }).waitFor()
    expect(new URL(page.url()).hash).toBe('#/tuner')
    await page.getByLabel('Profile').selectOption('insights')
    await page.getByText('profile: insights').waitFor()
    await settled(page)
    expect(misdeeds).toEqual([])
  })

  it('counts a verdict as a label', async () => {
    const store = ['--store', 'offtrail.db']
    const listed = offtrail(['insights', 'list', '--json', ...store])
    const [worst] = JSON.parse(listed.out) as { id: string }[]
    expect(offtrail(['insights', 'verdict', worst?.id ?? '', 'true', ...store]).code).toBe(0)
    const { page } = await open(await serve(), '#/tuner')
    await page.getByRole('row', { name: /^Labels caught 1 of 1 1 of 1$/ }).waitFor()
  })

  it.each(['light', 'dark'] as const)('gives axe nothing to say in %s', async (colorScheme) => {
    const origin = await serve()
    const hash = '#/tuner?tuned=alarmBudget.account%3D20'
    const { page, misdeeds } = await open(origin, hash, { colorScheme })
    await settled(page)
    for (const fold of await page.locator('summary').all()) await fold.click()
    expect(await violationsIn(page)).toEqual([])
    expect(misdeeds).toEqual([])
  })
})

inBrowser('an insight', () => {
  it('is silenced by the rule that its page offers', async () => {
    const { page, misdeeds } = await open(await serve())
    await page.getByRole('link', { name: 'ec2:CreateK' }).first().click()
    await page.getByText('Never hear of this again').click()
    await page.getByText(/^It silences [1-9]\d* insights? so far\.$/).waitFor()
    await page.getByRole('checkbox', { name: /direction/ }).uncheck()
    await page.getByLabel('Why').fill('our own job')
    await page.keyboard.press('Tab')
    const yaml = page.locator('pre', { hasText: /^suppressions:/ })
    await page.getByText('reason: "our own job"').waitFor()
    expect(await violationsIn(page)).toEqual([])
    written(path('quiet.yaml'), (await yaml.textContent()) ?? '')
    const quiet = ['--config', 'quiet.yaml', '--store', 'quiet.db']
    expect(offtrail(['run', 'trail', ...quiet]).code).toBe(0)
    const listed = offtrail(['insights', 'list', '--store', 'quiet.db', '--json'])
    const names = (JSON.parse(listed.out) as { eventName: string }[]).map((each) => each.eventName)
    expect(names).toContain('CreateJ')
    expect(names).not.toContain('CreateK')
    expect(misdeeds).toEqual([])
  })
})
