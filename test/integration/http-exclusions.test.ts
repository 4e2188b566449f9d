import type { Static } from 'typebox'
import { describe, expect, it } from 'vitest'
import type { ExclusionsReply } from '../../src/http/routes/exclusion-routes.ts'
import type { FreshnessReply } from '../../src/http/routes/freshness-route.ts'
import { appOver, aSeries, ask, HOUR_MS, NOW_MS } from '../support/http-world.ts'
import { aToken, bearer } from '../support/tokens.ts'

const { id } = aSeries(1)
const regions = [
  { region: 'us-east-1', watermarkMs: NOW_MS, scoredMs: NOW_MS - HOUR_MS },
  { region: 'eu-west-1', watermarkMs: NOW_MS - HOUR_MS, scoredMs: null },
]
const accounts = [
  { account: '123456789012', firstMinute: 0, dirtyMinute: null, regions: regions.slice(0, 1) },
  { account: '999999999999', firstMinute: 0, dirtyMinute: null, regions: regions.slice(1) },
]
const contents = { series: [aSeries(1)], accounts }

async function exclusions(detection: object, query = '') {
  const app = await appOver(contents, {}, { detection })
  const { body } = await ask<Static<typeof ExclusionsReply>>(
    app,
    `/v1/series/${id}/exclusions${query}`,
  )
  return body
}

describe('GET /v1/series/{id}/exclusions', () => {
  it('is empty where the settings exclude nothing', async () => {
    expect(await exclusions({})).toEqual({ series: id, items: [], leftOut: 0 })
  })

  it('tells each time of a calendar, and what it skips', async () => {
    const [start, end] = ['2026-03-01T02:00', '2026-03-01T03:00']
    const daily = [{ start, end, repeats: 'FREQ=DAILY' }]
    const backup = { name: 'backup', events: daily, reason: 'nightly' }
    const { items } = await exclusions(
      {
        calendars: [
          { ...backup, skip: ['learning'] },
          { ...backup, name: 'elsewhere', skip: ['result'], region: 'eu-*' },
        ],
      },
      '?from=2026-03-04T00:00Z&to=2026-03-06T00:00Z',
    )
    const shared = { kind: 'calendar', title: 'backup', reason: 'nightly', skip: ['learning'] }
    expect(items).toEqual(
      ['04', '05'].map((day) => ({
        ...{ ...shared, only: {} },
        ...{ startTime: `2026-03-${day}T02:00:00Z`, endTime: `2026-03-${day}T03:00:00Z` },
      })),
    )
  })

  it('tells suppressions that may silence it in the span, and what they silence alone', async () => {
    const suppressions = [
      { api: 'ec2:Run*', principal: '*role/deploy', direction: 'up', reason: 'deployments' },
      { account: '999999999999', reason: 'another account' },
      { api: 's3:*', reason: 'another service' },
      { api: 'ec2:*', insightType: 'ApiErrorRateInsight', reason: 'another type' },
      { errorCode: '*', reason: 'errors' },
      { api: 'ec2:*', until: '2026-03-01T00:00:00Z', reason: 'over' },
      { region: 'us-*', from: '2026-03-05T00:00:00Z', reason: 'from then on' },
    ]
    const { items } = await exclusions({ suppressions })
    const shared = { kind: 'suppression', title: null, skip: ['result'], endTime: null }
    expect(items).toEqual([
      {
        ...{ ...shared, reason: 'deployments', startTime: null },
        only: { principal: '*role/deploy', direction: 'up' },
      },
      { ...shared, reason: 'from then on', startTime: '2026-03-05T00:00:00Z', only: {} },
    ])
    const ofErrors = await exclusions({ suppressions }, '?errorCode=AccessDenied')
    expect(ofErrors.items.map(({ reason }) => reason)).toEqual([
      ...['deployments', 'another type', 'errors', 'from then on'],
    ])
  })

  it('tells calls that are dropped from the counts, on whole days, of a part where it is one', async () => {
    const drop = { effect: 'drop-from-counts', api: 'ec2:*' }
    const suppressions = [
      { ...drop, until: '2026-03-04T15:00:00Z', reason: 'migration' },
      { ...drop, errorCode: 'Throttling*', from: '2026-03-05T06:00:00Z', reason: 'retries' },
    ]
    const span = '?from=2026-03-04T16:00Z&to=2026-03-06T00:00Z'
    const shared = { kind: 'suppression', title: null, skip: ['result', 'learning'] }
    const migration = { ...shared, reason: 'migration', startTime: null, only: {} }
    const retries = { ...shared, reason: 'retries', startTime: '2026-03-05T00:00:00Z', only: {} }
    expect((await exclusions({ suppressions }, span)).items).toEqual([
      { ...migration, endTime: '2026-03-05T00:00:00Z' },
      { ...retries, endTime: null, only: { errorCode: 'Throttling*' } },
    ])
    const [, ofCode] = (await exclusions({ suppressions }, `${span}&errorCode=Throttling`)).items
    expect(ofCode).toEqual({ ...retries, endTime: null })
    const other = await exclusions({ suppressions }, `${span}&errorCode=AccessDenied`)
    expect(other.items.map(({ reason }) => reason)).toEqual(['migration'])
  })

  it('holds so many times, and says how many more there are', async () => {
    const events = [{ start: '2026-03-01T00:00', end: '2026-03-01T00:05', repeats: 'FREQ=HOURLY' }]
    const calendars = [{ name: 'poll', events, skip: ['result'], reason: 'x' }]
    const span = '?from=2026-03-01T00:00Z&to=2026-05-01T00:00Z'
    const { items, leftOut } = await exclusions({ calendars }, span)
    expect([items.length, leftOut]).toEqual([1_000, 61 * 24 - 1_000])
  })
})

describe('GET /v1/freshness', () => {
  it('tells how far the accounts of the caller reach, and nothing of others', async () => {
    const tokens = [aToken('all'), aToken('other', { accounts: ['999999999999'] })]
    const app = await appOver(contents, {}, { tokens: () => tokens })
    const asked = async (name: string) => {
      const headers = { authorization: bearer(name) }
      return (await ask<Static<typeof FreshnessReply>>(app, '/v1/freshness', headers)).body
    }
    const [now, anHourAgo] = ['2026-03-05T12:00:00Z', '2026-03-05T11:00:00Z']
    expect(await asked('all')).toEqual({ knownUntil: now, scoredUntil: anHourAgo, lastChange: 0 })
    expect(await asked('other')).toMatchObject({ knownUntil: anHourAgo, scoredUntil: null })
  })

  it('is not sent again while nothing changed', async () => {
    const app = await appOver(contents)
    const { headers } = await ask(app, '/v1/freshness')
    const again = await app.inject({
      url: '/v1/freshness',
      headers: { 'if-none-match': String(headers['etag']) },
    })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })
})
