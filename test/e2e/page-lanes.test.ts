import { expect, it } from 'vitest'
import { EVIL, expectRows, inBrowser, pageWorld } from '../support/page-world.ts'
import { violationsIn } from '../support/watched-page.ts'

const { serve, open } = pageWorld()

inBrowser('lanes, on the page,', () => {
  it('stand for services, accounts or callers, as the address says', async () => {
    const { page, misdeeds } = await open(await serve(), '#/overview?lanes=caller')
    const evil = `user/${EVIL}`
    await page.getByRole('button', { name: evil, exact: true }).click()
    await page.waitForURL(/caller=/)
    await expectRows(page, 1)
    await page.getByRole('button', { name: `Remove filter ${evil}` }).waitFor()
    const opener = page.getByRole('button', { name: `services of ${evil}` })
    await opener.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^ec2, 2026-03-10 15:00: / }).click()
    await page.waitForURL(/service=ec2/)
    await expectRows(page, 1)
    const select = page.getByLabel('Lanes by')
    await select.focus()
    await select.selectOption('account')
    await page.waitForURL((url) => url.hash === '#/overview?lanes=account')
    expect(await page.evaluate('document.activeElement.id')).toBe('lanes')
    await page.getByRole('button', { name: '111122223333', exact: true }).click()
    await page.waitForURL(/account=111122223333/)
    await expectRows(page, 2)
    await page.getByRole('button', { name: '111122223333', exact: true }).click()
    await page.waitForURL((url) => url.hash === '#/overview?lanes=account')
    expect(await page.locator('img, main script').count()).toBe(0)
    expect(misdeeds).toEqual([])
  })

  it.each(['light', 'dark'] as const)('give axe nothing to say in %s', async (colorScheme) => {
    const { page, misdeeds } = await open(await serve(), '#/overview?live=paused', { colorScheme })
    for (const lanes of ['account', 'caller']) {
      await page.getByLabel('Lanes by').selectOption(lanes)
      await page.locator('.opener').first().click()
      await page.locator('.part').first().waitFor()
      await page.locator('tr.part button.plain').first().click()
      expect(await violationsIn(page)).toEqual([])
    }
    expect(misdeeds).toEqual([])
  })
})
