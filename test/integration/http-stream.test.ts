import { once } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { listen } from '../../src/http/listen.ts'
import type { InsightRevision } from '../../src/store/store.ts'
import { appOver, ask } from '../support/http-world.ts'
import { anInsight, stillOpen } from '../support/insights.ts'

const revised = (
  changes: Partial<InsightRevision['insight']>,
  revision: number,
  status: InsightRevision['status'] = 'final',
): InsightRevision => ({ insight: { ...anInsight(), ...changes }, revision, status })

const INSIGHTS = [
  revised({ ...stillOpen, id: 'new' }, 1),
  revised({ ...stillOpen, id: 'updated' }, 2),
  revised({ id: 'ended', region: 'eu-west-1' }, 2),
  revised({ id: 'gone' }, 3, 'retracted'),
]

interface Event {
  readonly id: string
  readonly event: string
  readonly data: { readonly id: string; readonly revision: number }
}

/** The events of a stream that has ended (WHATWG HTML §9.2.6). */
function eventsIn(text: string): readonly Event[] {
  return text
    .split('\n\n')
    .map((block) =>
      Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))),
    )
    .filter(({ event }) => event !== undefined)
    .map(({ id, event, data }) => ({ id, event, data: JSON.parse(data) }))
}

describe('GET /v1/stream', () => {
  it('tells what came, changed, ended and was taken back, in order', async () => {
    const { status, headers, text } = await ask(
      await appOver({ insights: INSIGHTS }),
      '/v1/stream?after=0',
    )
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8'])
    expect(eventsIn(text).map(({ id, event, data }) => [id, event, data.id])).toEqual([
      ['1', 'new', 'new'],
      ['2', 'updated', 'updated'],
      ['3', 'ended', 'ended'],
      ['4', 'retracted', 'gone'],
    ])
    expect(text).toMatch(/^retry: \d+\n\n/)
    expect(text).toContain('\n: nothing new\n\n')
  })

  it('goes on behind the event a client knows, whatever its URL says', async () => {
    const app = await appOver({ insights: INSIGHTS })
    const { text } = await ask(app, '/v1/stream?after=0', { 'last-event-id': '2' })
    expect(eventsIn(text).map(({ id }) => id)).toEqual(['3', '4'])
  })

  it('begins with what changes from now on', async () => {
    const { text } = await ask(await appOver({ insights: INSIGHTS }), '/v1/stream')
    expect(eventsIn(text)).toEqual([])
  })

  it('takes the filters of the list', async () => {
    const app = await appOver({ insights: INSIGHTS })
    const { text } = await ask(app, '/v1/stream?after=0&region=eu-west-1&retracted=false')
    expect(eventsIn(text).map(({ data }) => data.id)).toEqual(['ended'])
  })

  it.each(['-1', 'x', '1.5', '9'.repeat(20)])('refuses Last-Event-ID %s', async (id) => {
    const { status, body } = await ask(await appOver({}), '/v1/stream', { 'last-event-id': id })
    expect([status, body['type']]).toEqual([400, '/problems/USAGE'])
  })
})

describe('a stream that stays open', () => {
  const stream = { pollMs: 10, heartbeatMs: 20, lifeMs: 60_000 }

  it('ends when the server stops', async () => {
    const app = await appOver({ insights: INSIGHTS }, { stream })
    const url = await listen(app, { port: 0 })
    const response = await fetch(`${url}/v1/stream?after=0`)
    const reader = response.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('retry:')
    const cutOff = vi.spyOn(app.server, 'closeAllConnections')
    const closed = app.close()
    while (!(await reader?.read())?.done);
    await closed
    expect(cutOff).not.toHaveBeenCalled()
  })

  it('is one of 64, and makes room when its client leaves', async () => {
    const app = await appOver({}, { stream })
    onTestFinished(() => app.close())
    const url = `${await listen(app, { port: 0 })}/v1/stream`
    const clients = Array.from({ length: 64 }, () => new AbortController())
    await Promise.all(clients.map(({ signal }) => fetch(url, { signal })))
    const refused = await fetch(url)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    const left = once(app.server, 'request')
    clients[0]?.abort()
    const waitMs = async () => {
      for (;;) {
        const again = new AbortController()
        const { status } = await fetch(url, { signal: again.signal })
        again.abort()
        if (status === 200) return
      }
    }
    await Promise.all([left, waitMs()])
    for (const client of clients) client.abort()
  })
})
