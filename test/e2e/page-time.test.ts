import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { inBrowser, pageWorld, rows } from '../support/page-world.ts'

const { serve, open } = pageWorld()

/** Drags the mouse over a part of an element, from one share of its width to another. */
async function drag(page: Page, selector: string, [from, to]: readonly [number, number]) {
  const box = await page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`${selector} is not to be seen`)
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + from * box.width, y)
  await page.mouse.down()
  await page.mouse.move(box.x + ((from + to) / 2) * box.width, y)
  await page.mouse.move(box.x + to * box.width, y)
  await page.mouse.up()
}

/** The chart shows what was asked for last. */
const isDrawn = (page: Page) => page.locator('[aria-busy="false"] .chart').waitFor()

const spanIn = (page: Page): readonly number[] => {
  const search = new URLSearchParams(new URL(page.url()).hash.split('?')[1])
  return ['from', 'to'].map((name) => Date.parse(search.get(name) ?? ''))
}

inBrowser('time, on the page,', () => {
  it('is chosen by dragging over the lanes, and by buttons', async () => {
    const origin = await serve()
    const { page, misdeeds } = await open(origin)
    await rows(page).first().waitFor()
    await drag(page, '.lanes tbody tr', [0.5, 0.7])
    await page.waitForURL(/from=/)
    const [from = 0, to = 0] = spanIn(page)
    expect(from % 1_800_000).toBe(0)
    expect(to - from).toBeGreaterThan(3 * 3_600_000)
    expect(to - from).toBeLessThan(12 * 3_600_000)
    await page.getByRole('button', { name: 'Twice as wide' }).click()
    expect(spanIn(page)).toEqual([from - (to - from) / 2, to + (to - from) / 2])
    await page.getByRole('button', { name: 'All' }).click()
    expect(new URL(page.url()).hash).toBe('#/overview')
    expect(misdeeds).toEqual([])
  })

  it('is zoomed and panned in a chart, which explains the moment that is clicked', async () => {
    const origin = await serve()
    const { items } = (await (
      await fetch(`${origin}/v1/series?eventName=RunInstances`)
    ).json()) as { readonly items: readonly { readonly id: string }[] }
    const day = 'from=2026-03-10T00:00:00Z&to=2026-03-11T00:00:00Z'
    const hash = `#/series?series=${items[0]?.id}&${day}`
    const { page, misdeeds } = await open(origin, hash)
    await page.locator('.u-over').click({ position: { x: 300, y: 100 } })
    await page.getByText(/Its history is /).waitFor()
    await drag(page, '.u-over', [0.25, 0.75])
    await page.waitForURL(/from=2026-03-10T0[56]/)
    await isDrawn(page)
    const [from = 0, to = 0] = spanIn(page)
    expect((to - from) / 3_600_000).toBeCloseTo(12, 0)
    await page.locator('.chart').focus()
    await page.keyboard.press('ArrowRight')
    const later = (to - from) / 4
    for (const [at, ms] of [from, to].entries()) {
      expect(Math.abs((spanIn(page)[at] ?? 0) - ms - later)).toBeLessThan(60_000)
    }
    await isDrawn(page)
    await page.keyboard.down('Shift')
    await drag(page, '.u-over', [0.5, 0.6])
    await page.keyboard.up('Shift')
    expect(spanIn(page)[0]).toBeLessThan(from + later)
    expect(misdeeds).toEqual([])
  })
})
