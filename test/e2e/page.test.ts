import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listen } from '../../src/http/listen.ts'
import { calibration } from '../support/calibration.ts'
import { appOver, aSeries, NOW_MS } from '../support/http-world.ts'
import { anInsight } from '../support/insights.ts'
import { EVIL, expectRows, inBrowser, pageWorld, rows } from '../support/page-world.ts'
import { violationsIn } from '../support/watched-page.ts'

const { offtrail, serve, open } = pageWorld()

inBrowser('the page', () => {
  it('leads from a lane to an incident, its explanation, its calls and its series', async () => {
    const origin = await serve()
    const { page, misdeeds } = await open(origin)
    await page.getByRole('button', { name: /^ec2, 2026-03-10 12:00: minor/ }).click()
    await page.getByRole('button', { name: /^Remove filter 10 Mar 12:00/ }).waitFor()
    await rows(page).first().waitFor()
    await expectRows(page, 1)
    await page.getByRole('button', { name: 'Clear' }).click()
    await expectRows(page, 2)
    await page.getByRole('searchbox').fill('RunInstances')
    await rows(page).nth(1).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'ec2:RunInstances' }).click()
    await page
      .getByText(/^300 calls in 5 minutes; /)
      .first()
      .waitFor()
    const calls = page.getByRole('region', { name: 'Calls' })
    await calls.getByText('role/deploy').first().waitFor()
    await page.getByText('doublingsPerWeek').waitFor()
    await page.getByText('As CloudTrail Insights records').click()
    await page.getByText('"sharedEventID"').first().waitFor()
    expect(await page.locator('pre').last().textContent()).toMatch(
      /^curl -s 'http:.*\/v1\/insights\/[\w-]+'$/,
    )
    await page.getByRole('link', { name: 'Show it through time' }).click()
    await page
      .getByText(/^It raised an alarm|It raised an alarm/)
      .first()
      .waitFor()
    await page.locator('.chart canvas').waitFor()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download PNG' }).click(),
    ])
    expect(saved.suggestedFilename()).toMatch(/^ec2-RunInstances-.*\.png$/)
    expect(misdeeds).toEqual([])
  })

  it('shows hostile names and user agents as text, and runs none of them', async () => {
    const origin = await serve()
    const { page, misdeeds } = await open(origin)
    await page.getByRole('link', { name: `ec2:Evil${EVIL}` }).click()
    await page.getByRole('heading', { name: `ec2: Evil${EVIL}` }).waitFor()
    await page.getByRole('region', { name: 'Calls' }).getByText(EVIL).first().waitFor()
    await page.getByRole('link', { name: 'Show it through time' }).click()
    await page.locator('.chart canvas').waitFor()
    const search = new URLSearchParams({ account: EVIL, service: EVIL, text: EVIL })
    await page.goto(`${origin}/#/overview?${search}`)
    await page.getByText('Nothing left its normal range here.').waitFor()
    expect(await page.locator('img, main script').count()).toBe(0)
    expect(misdeeds).toEqual([])
  })
})

inBrowser('the page, to everybody,', () => {
  it('is used without a mouse', async () => {
    const origin = await serve()
    const { page, misdeeds } = await open(origin)
    await rows(page).first().waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content')
    await page.locator('a.open').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'ec2: RunInstances' }).waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await page.goBack()
    await rows(page).first().waitFor()
    expect(misdeeds).toEqual([])
  })

  it('keeps in its address what it shows, times of the zone included', async () => {
    const origin = await serve()
    const { page } = await open(origin, `#/overview?severity=minor&text=runinstances&times=local`, {
      timezoneId: 'Asia/Kolkata',
    })
    await rows(page).getByText('2026-03-10 17:30').waitFor()
    await expectRows(page, 1)
    expect(await page.getByLabel('Severity', { exact: true }).inputValue()).toBe('minor')
    await page.getByRole('button', { name: /^Times are in local time/ }).click()
    await rows(page).getByText('2026-03-10 12:00').waitFor()
    expect(new URL(page.url()).hash).toBe('#/overview?severity=minor&text=runinstances')
  })

  it.each(['light', 'dark'] as const)('gives axe nothing to say in %s', async (colorScheme) => {
    const origin = await serve()
    const { page, misdeeds } = await open(origin, ``, { colorScheme })
    await rows(page).first().waitFor()
    await page.getByRole('button', { name: 'APIs of ec2' }).click()
    expect(await violationsIn(page)).toEqual([])
    await page.getByRole('link', { name: 'ec2:RunInstances' }).click()
    await page.getByRole('region', { name: 'Calls' }).waitFor()
    await page.getByText('As CloudTrail Insights records').click()
    await page.getByText('"sharedEventID"').first().waitFor()
    expect(await violationsIn(page)).toEqual([])
    await page.getByRole('link', { name: 'Show it through time' }).click()
    await page.locator('.chart canvas').waitFor()
    await page.getByText('The numbers as a table').click()
    expect(await violationsIn(page)).toEqual([])
    await page.getByRole('link', { name: 'Series', exact: true }).click()
    await page.getByRole('link', { name: 'ec2:RunInstances' }).waitFor()
    expect(await violationsIn(page)).toEqual([])
    expect(misdeeds).toEqual([])
  })
})

inBrowser('the page of a server with tokens', () => {
  it('stays signed in when an answer to an earlier token comes late', async () => {
    const made = offtrail(['token', 'create', '--tokens', 'late.json', '--name', 'late'])
    const { page } = await open(await serve('--tokens', 'late.json'))
    let release: (() => Promise<void>) | undefined
    await page.route('**/v1/freshness', async (route) => {
      const { authorization } = route.request().headers()
      if (authorization?.endsWith('.wrong')) release = () => route.continue()
      else await route.continue()
    })
    await page.getByLabel('Token').fill('ot-000000000000.wrong')
    await page.keyboard.press('Enter')
    await page.getByText('The server does not know this token').waitFor()
    await page.getByLabel('Token').fill(made.out.trim())
    await page.keyboard.press('Enter')
    await rows(page).first().waitFor()
    const late = page.waitForResponse((response) => response.status() === 401)
    const next = page.waitForResponse(
      (response) => response.url().endsWith('/v1/freshness') && response.ok(),
    )
    await release?.()
    await late
    await next
    await page.getByText(/^Updated /).waitFor()
    expect(await page.getByLabel('Token').count()).toBe(0)
  })

  it('asks for a token where the server does, and keeps it no longer than the tab', async () => {
    const made = offtrail([
      'token',
      'create',
      '--write',
      '--tokens',
      'tokens.json',
      '--name',
      'page',
    ])
    const origin = await serve('--tokens', 'tokens.json')
    const { page } = await open(origin)
    await page.getByLabel('Token').fill('ot-000000000000.wrong')
    expect(await violationsIn(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('The server does not know this token').waitFor()
    await page.getByLabel('Token').fill(made.out.trim())
    await page.keyboard.press('Enter')
    await rows(page).first().waitFor()
    await page.getByRole('link', { name: 'ec2:RunInstances' }).click()
    const verdict = page.getByRole('region', { name: 'Verdict' })
    await verdict.getByText('Nobody has said yet.').waitFor()
    await verdict.getByLabel('Reason').selectOption('deployment')
    await verdict.getByLabel('Note').fill('release 7')
    await verdict.getByRole('button', { name: 'Expected' }).click()
    await verdict.getByText(/^Expected \(deployment\), says page, .*: release 7$/).waitFor()
    expect(offtrail(['insights', 'verdicts']).out).toContain('release 7')
    await verdict.getByRole('button', { name: 'Take back' }).click()
    await verdict.getByText('Nobody has said yet.').waitFor()
    await page.getByRole('link', { name: 'Show it through time' }).click()
    const labels = page.locator('section', { hasText: 'Known incidents' }).last()
    await labels.getByLabel('Kind').fill('crypto mining')
    await labels.getByLabel('Title').fill(EVIL)
    await labels.getByRole('button', { name: 'It happened in the span shown' }).click()
    await labels.getByText(`crypto mining: ${EVIL}`).waitFor()
    const [label] = JSON.parse(offtrail(['label', 'list', '--json']).out)
    expect(label).toMatchObject({ kind: 'crypto mining', eventName: 'RunInstances', by: 'page' })
    expect(await violationsIn(page)).toEqual([])
    await labels.getByRole('button', { name: 'Take back' }).click()
    await labels.getByText('Taken back.').waitFor()
    const kept = await page.evaluate('[localStorage.length, sessionStorage.length]')
    expect(kept).toEqual([0, 1])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Token').waitFor()
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
  })
})

inBrowser('the page over 5 000 series', () => {
  it('shows something before all of them have come, and says how soon', async () => {
    const series = Array.from({ length: 5_000 }, (_, at) =>
      aSeries(at + 1, { eventName: `Api${at}`, eventSource: `s${at % 50}.amazonaws.com` }),
    )
    const insights = series.slice(0, 2_000).map(({ eventName, eventSource }, at) => {
      const startMs = NOW_MS - at * 600_000
      return anInsight({ eventName, eventSource, startMs, incident: `incident-${at}` })
    })
    const file = (name: string) =>
      readFileSync(new URL(`../../dist/src/web/${name}`, import.meta.url), 'utf8')
    const page = { html: file('index.html'), script: file('page.js'), style: file('page.css') }
    const app = await appOver({ series, insights }, {}, { page })
    const origin = await listen(app, { port: 0 })
    onTestFinished(() => app.close())
    const { page: shown, misdeeds } = await open(origin)
    await rows(shown).nth(199).waitFor()
    const order = await shown.evaluate(
      `performance.getEntriesByName('first-contentful-paint')[0].startTime <
        Math.max(...performance.getEntriesByType('resource').map((each) => each.responseEnd))`,
    )
    expect(order).toBe(true)
    const paint = await shown.evaluate<number>(
      `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
    )
    expect(paint).toBeGreaterThan(0)
    process.stderr.write(
      `page: first paint over 5 000 series and 2 000 insights in ${paint.toFixed(0)} ms (asked < 1 000); ten million logarithms take ${(await calibration(shown)).toFixed(0)} ms here\n`,
    )
    await shown.getByRole('link', { name: 'Series', exact: true }).click()
    await shown.getByText('5 000 series, the busiest 100 are shown').waitFor()
    expect(misdeeds).toEqual([])
  })
})

describe('the files of the page', () => {
  it('are small, and for browsers: curl still gets the list', async () => {
    const origin = await serve()
    const browsers = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
    const html = await (await fetch(origin, { headers: browsers })).text()
    expect(html).toContain('<script type="module" src="/app/page.js"></script>')
    expect(await (await fetch(origin)).text()).toMatch(/^Offtrail: /)
    const sizes = await Promise.all(
      ['/app/page.js', '/app/page.css'].map(
        async (file) => (await (await fetch(`${origin}${file}`)).arrayBuffer()).byteLength,
      ),
    )
    expect(sizes[0]).toBeGreaterThan(10_000)
    expect(sizes.reduce((sum, size) => sum + size, html.length)).toBeLessThan(200_000)
  })
})
