import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { docsPage } from '../../src/http/docs/docs-page.ts'
import { wordsHtml } from '../../src/http/docs/html.ts'
import { safeHtml } from '../../src/sink/safe.ts'
import { appOver, ask } from '../support/http-world.ts'

describe('the OpenAPI document', () => {
  it.each([
    ['asks for tokens', { tokens: () => [] }],
    ['asks for none', {}],
  ])('of a server that %s passes Redocly’s recommended rules', async (_, access) => {
    const app = await appOver({}, {}, access)
    const config = await createConfig({ extends: ['recommended'] })
    const source = JSON.stringify(app.swagger())
    const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([])
  })

  it('says what a token is needed for', async () => {
    const app = await appOver({}, {}, { tokens: () => [] })
    const { paths = {} } = app.swagger() as {
      paths?: Record<string, Record<'get' | 'post' | 'put', { security: object[] }>>
    }
    expect(paths['/v1/insights']?.get.security).toEqual([{ token: ['read'] }])
    expect(paths['/v1/insights/{id}/verdict']?.put.security).toEqual([{ token: ['write'] }])
    expect(paths['/v1/events']?.post.security).toEqual([{ token: ['write'] }])
    expect(paths['/v1/selectors']?.put.security).toEqual([{ token: ['admin'] }])
    expect(paths['/livez']?.get.security).toEqual([])
  })
})

describe('GET /docs', () => {
  it('shows every route with its parameters, and a line for curl', async () => {
    const app = await appOver({}, {}, { tokens: () => [] })
    const { text, headers } = await ask(app, '/docs', { host: '127.0.0.1:8787' })
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    for (const path of Object.keys(app.swagger().paths ?? {})) {
      expect(text).toContain(`<code>GET ${safeHtml(path)}</code>`)
    }
    expect(text).toContain('<code>PUT /v1/insights/{id}/verdict</code>')
    expect(text).toContain(
      safeHtml(
        `curl -s -X DELETE -H "Authorization: Bearer $TOKEN" 'http://127.0.0.1:8787/v1/insights/ID/verdict'`,
      ),
    )
    expect(text).toContain(
      safeHtml(
        `--json '{"account":"111122223333","selectors":[{"insightType":"ApiCallRateInsight"}]}' '`,
      ),
    )
    expect(text).toContain('<code>POST /v1/events</code>')
    expect(text).toContain(
      safeHtml(`"eventName":"RunInstances"}' 'http://127.0.0.1:8787/v1/events'`),
    )
    expect(text).toContain('Takes a token made with <code>--admin</code>.')
    expect(text).toContain('<code>minSeverity</code>')
    expect(text).toContain(
      safeHtml(
        `curl -s -H "Authorization: Bearer $TOKEN" 'http://127.0.0.1:8787/v1/explain?at=AT'`,
      ),
    )
    expect(text).toContain(safeHtml("curl -s 'http://127.0.0.1:8787/livez'"))
    expect(text).toContain(
      'Answers <code>application/json</code>, <code>application/x-ndjson</code>',
    )
  })

  it('needs nothing but itself and its style sheet, and links to places that are there', async () => {
    const app = await appOver({})
    const { text } = await ask(app, '/docs')
    expect(text).not.toMatch(/<script|\son\w+=|style=/)
    const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, link]) => link as string)
    expect(links.length).toBeGreaterThan(15)
    const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id}`))
    for (const link of links) {
      const isThere = link.startsWith('#') ? ids.has(link) : (await ask(app, link)).status === 200
      expect([link, isThere]).toEqual([link, true])
    }
  })

  it('lets no header and no word of the document be markup', () => {
    const evil = `<script>alert("1")</script>`
    const schema = { enum: [evil], default: evil, description: evil }
    const get = {
      ...{
        operationId: evil,
        summary: evil,
        responses: { 200: { content: { [evil]: {}, b: {} } } },
      },
      parameters: [{ name: evil, in: 'query', required: true, schema }],
    }
    const page = docsPage({ info: { description: evil }, paths: { [`/${evil}`]: { get } } }, evil)
    expect(page).not.toContain('<script')
    expect(wordsHtml('a `b<` & c')).toBe('a <code>b&lt;</code> &amp; c')
  })
})
