import { once } from 'node:events'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest'
import { hasChromium, startBrowser } from './browser.ts'
import { place } from './offtrail.ts'
import { writeDays } from './pipeline-world.ts'
import { type Watched, watchedPage } from './watched-page.ts'

/** Tests in it are skipped where Chromium is not installed: there is nothing to show the page. */
export const inBrowser: typeof describe.skip = describe.skipIf(!hasChromium)

/** Markup that says so where it is run. */
export const EVIL = `<img src=x onerror=alert(1)><script>alert(2)</script>"'\u202e`
const hostile = {
  eventName: `Evil${EVIL}`,
  userAgent: EVIL,
  userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/${EVIL}` },
}

/**
 * A store with two incidents of 2026-03-10, one of them hostile in all its names, and a browser to look at it; `more` is what
 * is done to make another.
 */
export function pageWorld(more?: (world: ReturnType<typeof place>) => void) {
  const world = place()
  const { offtrail, start, path } = world
  let browser: Browser
  beforeAll(async () => {
    if (hasChromium) browser = await startBrowser()
    if (more !== undefined) return more(world)
    writeDays(path('trail'), { from: 0, until: 10 }, (day) =>
      day === 8
        ? [
            { minute: 720, count: 300 },
            { minute: 900, count: 200, changes: hostile },
          ]
        : [],
    )
    expect(offtrail(['run', 'trail']).code).toBe(0)
    return undefined
  })
  afterAll(() => browser?.close())
  return {
    ...{ offtrail, path },
    /** Serves the store until the test is over; answers where. */
    async serve(...more: readonly string[]): Promise<string> {
      const child = start(['serve', '--port', '0', ...more])
      onTestFinished(() => {
        child.kill('SIGTERM')
      })
      const [line] = await once(child.stderr, 'data')
      return /http:[^ ]+/.exec(String(line))?.[0] ?? ''
    },
    /** A page of that server. */
    async open(origin: string, hash = '', options: BrowserContextOptions = {}): Promise<Watched> {
      const watched = await watchedPage(browser, origin, options)
      await watched.page.goto(`${origin}/${hash}`)
      return watched
    },
  }
}

/** The rows of the list of incidents. */
export const rows = (page: Page): Locator => page.locator('.incidents tbody tr')

/** Waits until the list of incidents has so many rows: the page draws a moment after its address has changed. */
export const expectRows = (page: Page, count: number): Promise<void> =>
  expect.poll(() => rows(page).count(), { timeout: 10_000 }).toBe(count)
