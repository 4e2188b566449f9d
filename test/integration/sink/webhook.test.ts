import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { WebhookSettings } from '../../../src/base/sinks.ts'
import { incidentFrom } from '../../../src/insight/incident.ts'
import { insightView } from '../../../src/insight/view.ts'
import { webhook } from '../../../src/sink/webhook.ts'
import { anInsight } from '../../support/insights.ts'
import { aWorld, LOCAL, receiver } from '../../support/receiver.ts'

const settings = (url: string, changes: Partial<WebhookSettings> = {}): WebhookSettings => ({
  ...{ name: 'hook', type: 'webhook', url, ...LOCAL, ...changes },
})
const incident = incidentFrom('i', [
  anInsight({ severity: 50, id: 'mild' }),
  anInsight({ eventName: 'Stop\u202eInstances', id: 'worst', state: 'open' }),
])
const message = { id: '7d9e5f0e-0000-8000-8000-000000000001', kind: 'started', incident } as const

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error) => error,
  )

describe('a webhook', () => {
  it('is sent the incident with its insights, worst first, as over HTTP', async () => {
    const { url, received } = await receiver(() => ({ status: 202 }))
    expect(await webhook(settings(url), aWorld()).send(message, null)).toEqual({
      answer: 'HTTP 202',
    })
    const [{ body = '', headers = {} } = {}] = received
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': message.id,
    })
    expect(headers).not.toHaveProperty('offtrail-signature')
    expect(body).not.toContain('\u202e')
    expect(JSON.parse(body)).toMatchObject({
      ...{ id: message.id, kind: 'started' },
      incident: {
        ...{ id: 'i', state: 'open', severityWord: 'critical', endTime: null, insightCount: 2 },
        apis: ['ec2:Stop\u202eInstances', 'ec2:RunInstances'],
        insights: incident.insights.map((each) => JSON.parse(JSON.stringify(insightView(each)))),
      },
    })
  })

  it('signs the time and the body with the secret', async () => {
    const { url, received } = await receiver()
    const world = aWorld({ KEY: 'hush' }, { now: () => 1_700_000_000_999 })
    await webhook(settings(url, { secret: { env: 'KEY' } }), world).send(message, null)
    const [{ body = '', headers = {} } = {}] = received
    const v1 = createHmac('sha256', 'hush').update(`1700000000.${body}`).digest('hex')
    expect(headers['offtrail-signature']).toBe(`t=1700000000,v1=${v1}`)
  })

  it('lists as many insights as fit', async () => {
    const { url, received } = await receiver()
    const many = Array.from({ length: 500 }, (_, at) => anInsight({ id: `id-${at}` }))
    const large = { ...message, incident: incidentFrom('i', many) }
    await webhook(settings(url), aWorld()).send(large, null)
    const body = received[0]?.body ?? ''
    expect(Buffer.byteLength(body)).toBeLessThan(256 * 1024)
    const { insights, insightCount } = JSON.parse(body).incident
    expect([insightCount, insights.length > 100, insights.length < 500]).toEqual([500, true, true])
  })

  it.each([
    [500, 'passing'],
    [429, 'passing'],
    [400, 'message'],
    [413, 'message'],
    [401, 'place'],
    [404, 'place'],
    [302, 'place'],
  ])('takes status %i for a failure that is about the %s', async (status, about) => {
    const { url } = await receiver(() => ({
      ...{ status, body: 'inner words', headers: { 'retry-after': '7' } },
    }))
    const failure = await failureOf(webhook(settings(url), aWorld()).send(message, null))
    expect(failure).toMatchObject({ about, afterMs: about === 'passing' ? 7000 : 0 })
    expect(failure.message).toContain(`HTTP ${status}`)
    expect(failure.message).not.toContain('inner words')
  })
})
