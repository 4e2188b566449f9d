import type { Page } from 'playwright-core'

/** Milliseconds that a page takes for ten million logarithms: a loop that is always the same, to know the machine by. */
export function calibration(page: Page): Promise<number> {
  return page.evaluate(() => {
    const startMs = performance.now()
    let sum = 0
    for (let at = 1; at < 1e7; at++) sum += Math.log(at)
    return sum > 0 ? performance.now() - startMs : 0
  })
}
