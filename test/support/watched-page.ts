import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** What a page did that it should not have: script errors, refusals by its policy, dialogs, requests elsewhere. */
export interface Watched {
  readonly page: Page
  readonly misdeeds: readonly string[]
}

/** A page that is watched from its first request on. */
export async function watchedPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options })
  const misdeeds: string[] = []
  page.on('pageerror', (error) => misdeeds.push(`error ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') misdeeds.push(`console ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    misdeeds.push(`dialog ${dialog.message()}`)
    dialog.dismiss().catch(() => {})
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) misdeeds.push(`asks ${url}`)
  })
  return { page, misdeeds }
}

/** What axe finds wrong, in words. */
export async function violationsIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: typeof import('axe-core') }
    ).axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}
