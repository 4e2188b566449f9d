import { describe, expect, it } from 'vitest'
import { appOver, ask } from '../support/http-world.ts'
import { anInsight } from '../support/insights.ts'

const contents = { insights: [anInsight({})] }

describe('an answer that is known already', () => {
  it.each(['/v1/insights', '/v1/series', '/v1/baselines', '/v1/runs', '/v1/openapi.json', '/docs'])(
    '%s is not sent again',
    async (url) => {
      const app = await appOver(contents)
      const first = await ask(app, url)
      const etag = String(first.headers['etag'])
      expect(etag).toMatch(/^"[\w+/=-]+"$/)
      for (const known of [etag, `"another", ${etag}`, `W/${etag}`, '*']) {
        for (const method of ['GET', 'HEAD'] as const) {
          const again = await app.inject({ method, url, headers: { 'if-none-match': known } })
          expect([known, again.statusCode, again.body]).toEqual([known, 304, ''])
          expect(again.headers['etag']).toBe(etag)
        }
      }
      const changed = await app.inject({ url, headers: { 'if-none-match': '"another"' } })
      expect(changed.statusCode).toBe(200)
    },
  )

  it('differs with what is in it', async () => {
    const one = await ask(await appOver(contents), '/v1/insights')
    const other = await ask(await appOver({}), '/v1/insights')
    expect(one.headers['etag']).not.toBe(other.headers['etag'])
  })
})

describe('fields', () => {
  it('leave out what was not chosen', async () => {
    const app = await appOver(contents)
    const { body } = await ask<{ items: object[] }>(app, '/v1/insights?fields=severity,id')
    expect(body.items.map((item) => Object.keys(item))).toEqual([['id', 'severity']])
    const headers = { accept: 'application/x-ndjson' }
    const { text } = await ask(app, '/v1/insights?fields=id', headers)
    expect(JSON.parse(text)).toEqual({ id: anInsight({}).id })
  })

  it.each(['what', 'id,,severity', 'constructor'])('refuse %s', async (fields) => {
    const { status, body } = await ask(await appOver({}), `/v1/insights?fields=${fields}`)
    expect([status, body['type']]).toEqual([400, '/problems/USAGE'])
    expect(body['detail']).toContain('id, state, account')
  })
})
