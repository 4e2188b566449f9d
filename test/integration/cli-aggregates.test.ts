import { beforeAll, describe, expect, it } from 'vitest'
import { commandLine, place, valuesOf } from '../support/offtrail.ts'
import { writeDays } from '../support/pipeline-world.ts'
import { BY_CONTRACTOR, CONTRACTOR, ordinary, sweep } from '../support/reconnaissance.ts'

const { path } = place()
const store = ['--store', path('store.db')]
const RECON = sweep({ apis: 60, calls: 2, minute: 1300 }, BY_CONTRACTOR)
let id = ''

beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 32 }, (day) => [
    ...ordinary(day),
    ...(day === 30 ? RECON : []),
  ])
  const { out } = await commandLine(['run', path('trail'), ...store, '--quiet'])
  const found = valuesOf(out).find(({ insightType }) => insightType === 'AggregateInsight')
  id = String(found?.['id'])
})

describe('offtrail, over many APIs at once', () => {
  it('shows an insight with the APIs behind it', async () => {
    const { out } = await commandLine(['insights', 'show', id, ...store])
    expect(out).toMatch(/^different APIs, over all APIs {2}2026-04-01T21:40:00Z to /)
    expect(out).toContain('account 111122223333, all; ')
    expect(out).toMatch(/different APIs by user\/contractor in \d+ minutes; /)
    expect(out).toContain('60 APIs, the most unusual first:\n  2  ec2.amazonaws.com:Describe')
    expect(out).toContain('  and 50 more\n')
  })

  it('shows it in lists by its kind, and explains it', async () => {
    const table = await commandLine(['insights', 'list', '--format', 'table', ...store])
    expect(table.out).toMatch(/\(different APIs\) .* user\/contractor$/m)
    const csv = await commandLine(['insights', 'list', '--format', 'csv', ...store])
    expect(csv.out).toContain(`,${CONTRACTOR},`)
    expect(csv.out).toContain(',distinct,principal,')
    const { out } = await commandLine(['explain', id, ...store])
    expect(out).toMatch(/^recordsPerWeek /m)
  })

  it('shows the calls behind it, of all Regions', async () => {
    const { out } = await commandLine(['insights', 'show', id, '--events', '--json', ...store])
    const { calls, lookup } = JSON.parse(out)
    expect(calls).toHaveLength(120)
    expect(lookup).toBe(
      'aws cloudtrail lookup-events --start-time 2026-04-01T21:40:00Z --end-time 2026-04-01T22:00:00Z',
    )
  })

  it('makes no Insights records of it, and nothing to deliver', async () => {
    expect((await commandLine(['insights', 'show', id, '--records', ...store])).out).toBe('')
    expect((await commandLine(['insights', 'list', '--format', 'insights', ...store])).out).toBe('')
    const deliver = ['--deliver', path('out'), '--deliver-since', '2026-03-01']
    const { err } = await commandLine(['run', path('trail'), ...deliver, ...store])
    expect(err).toContain('Delivered 0 insights to ')
  })

  it('says how many incidents there were, first calls of an API left out', async () => {
    writeDays(path('trail'), { from: 32, until: 34 }, (day) =>
      day === 33 ? [{ minute: 700, count: 3, changes: { eventName: 'CreateUser' } }] : [],
    )
    const args = ['run', path('trail'), '--fail-on', 'info', ...store]
    const { code, out, err } = await commandLine(args)
    expect(valuesOf(out)).toMatchObject([{ eventName: 'CreateUser', insightType: 'NewApiInsight' }])
    expect(code).toBe(0)
    expect(err).toContain('holds 0.2 incidents a week')
    const info = String(valuesOf(out)[0]?.['id'])
    const shown = await commandLine(['insights', 'show', info, ...store])
    expect(shown.out).toMatch(/information, no alarm\n$/)
  })
})
