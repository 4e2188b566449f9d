import { expect, it } from 'vitest'
import { EVIL, expectRows, inBrowser, pageWorld, rows } from '../support/page-world.ts'
import { violationsIn } from '../support/watched-page.ts'

const { offtrail, open, path } = pageWorld()

inBrowser('a report', () => {
  it('shows the page from disk, asking nobody, with what it was made of', async () => {
    const span = ['--from', '2026-03-09', '--to', '2026-03-12']
    const made = offtrail(['report', ...span, '-o', 'report.html'])
    expect(made).toMatchObject({ code: 0, out: '' })
    expect(made.err).toContain('report.html holds 2 incidents of ')
    const { page, misdeeds } = await open(`file://${path()}`, 'report.html')
    await page.getByText('A report by Offtrail on 2026-03-09T00:00:00Z').waitFor()
    await rows(page).nth(1).waitFor()
    await expectRows(page, 2)
    expect(await violationsIn(page)).toEqual([])
    await page.getByRole('link', { name: 'ec2:RunInstances' }).click()
    await page
      .getByText(/^300 calls in 5 minutes; /)
      .first()
      .waitFor()
    await page.getByRole('region', { name: 'Calls' }).getByText('role/deploy').first().waitFor()
    await page.getByText('As CloudTrail Insights records').click()
    await page.getByText('"sharedEventID"').first().waitFor()
    expect(await page.getByRole('button', { name: 'It mattered' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Show it through time' }).click()
    await page.locator('.chart canvas').waitFor()
    await page.getByText('The numbers as a table').click()
    await page.getByRole('cell', { name: '300', exact: true }).first().waitFor()
    expect(await violationsIn(page)).toEqual([])
    await page.goBack()
    await page.goBack()
    await page.getByRole('link', { name: `ec2:Evil${EVIL}` }).click()
    await page.getByRole('heading', { name: `ec2: Evil${EVIL}` }).waitFor()
    expect(await page.locator('img, main script').count()).toBe(0)
    await page.getByRole('link', { name: 'Series', exact: true }).click()
    await page.getByRole('link', { name: 'ec2:RunInstances' }).waitFor()
    expect(await page.getByRole('link', { name: 'Tuner' }).count()).toBe(0)
    expect(misdeeds).toEqual([])
  })

  it('holds the most severe where it may not hold all, and says so', async () => {
    const span = ['--from', '2026-03-09', '--to', '2026-03-12']
    const made = offtrail(['report', ...span, '--most', '1', '-o', 'one.html'])
    expect(made.err).toMatch(/holds 1 incident of 1 insight\. \d+ others? (is|are) left out/)
    const { page } = await open(`file://${path()}`, 'one.html')
    await page
      .getByText(/It holds the most severe insights; \d+ others? (is|are) left out\./)
      .waitFor()
    await expectRows(page, 1)
  })
})

it('a report is refused over no time, too much of it, and nothing that is known', () => {
  const [later, earlier] = ['2026-03-12', '2026-03-09']
  expect(offtrail(['report', '--from', later, '--to', earlier])).toMatchObject({ code: 2 })
  expect(offtrail(['report', '--from', '2020-01-01']).err).toContain('400 days at most')
  expect(offtrail(['report', '--most', '0']).code).toBe(2)
})
