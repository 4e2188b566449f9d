import { expect, it } from 'vitest'
import { inBrowser, pageWorld, rows } from '../support/page-world.ts'
import { writeDays } from '../support/pipeline-world.ts'
import { violationsIn } from '../support/watched-page.ts'

const { offtrail, serve, open, path } = pageWorld()

/** One more day of the trail, with a burst of calls of an API of its own. */
function runOneMoreDay(day: number): void {
  const trail = `trail-${day}`
  writeDays(path(trail), { from: day, until: day + 2 }, (each) =>
    each === day ? [{ minute: 600, count: 400, changes: { eventName: `Stop${day}` } }] : [],
  )
  expect(offtrail(['run', trail]).code).toBe(0)
}

inBrowser('the page, left open,', () => {
  it('follows new runs, without a move of focus or scroll, unless it is paused', async () => {
    const origin = await serve()
    const { page, misdeeds } = await open(origin)
    await page.clock.install()
    await page.reload()
    await rows(page).nth(1).waitFor()
    const note = page.locator('.updated')
    await note.getByText(/^Updated \d\d:\d\d:\d\d$/).waitFor()
    expect(await note.getAttribute('role')).toBe('status')
    const last = page.locator('a.open').last()
    await page.setViewportSize({ width: 1280, height: 300 })
    await last.focus()
    const before = { said: await note.textContent(), box: await last.boundingBox() }
    const key = await last.getAttribute('data-key')

    await page.clock.fastForward(31_000)
    expect(await note.textContent()).toBe(before.said)

    runOneMoreDay(10)
    await page.clock.fastForward(31_000)
    await rows(page).nth(2).waitFor()
    expect(await page.evaluate('document.activeElement.dataset.key')).toBe(key)
    const after = await page.locator(`[data-key="${key}"]`).boundingBox()
    expect(Math.abs((after?.y ?? 0) - (before.box?.y ?? 0))).toBeLessThan(2)
    expect(await note.textContent()).not.toBe(before.said)
    expect(await violationsIn(page)).toEqual([])

    await page.getByRole('button', { name: /^Live/ }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/live=paused/)
    runOneMoreDay(12)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.clock.fastForward(120_000)
    expect(asked).toEqual([])
    expect(await rows(page).count()).toBe(3)
    await page.keyboard.press('Enter')
    await rows(page).nth(3).waitFor()
    expect(await page.evaluate('document.activeElement.dataset.key')).toBe('live')
    expect(misdeeds).toEqual([])
  })

  it('says so where the server does not answer, and where what is shown stays as it is', async () => {
    const origin = await serve()
    const { page } = await open(origin)
    await page.clock.install()
    await page.reload()
    await rows(page).first().waitFor()
    await page.locator('a.open').first().click()
    await page.getByRole('region', { name: 'Calls' }).waitFor()
    runOneMoreDay(14)
    await page.clock.fastForward(31_000)
    await page.getByText('There is newer data: Reload shows it').waitFor()
    await page.getByRole('link', { name: '← All incidents' }).click()
    await page.getByRole('link', { name: 'ec2:Stop14' }).waitFor()
    await page.getByText(/^Updated /).waitFor()
    await page.route(/freshness/, (route) => route.abort())
    await page.clock.fastForward(31_000)
    await page.getByText('Not up to date: the server does not answer').waitFor()
    await page.unroute(/freshness/)
    await page.clock.fastForward(31_000)
    await page.getByText(/^Updated /).waitFor()
  })
})
