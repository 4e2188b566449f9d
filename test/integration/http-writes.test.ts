import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TOKEN_SCOPES } from '../../src/base/api-token.ts'
import type { HttpApp } from '../../src/http/http-types.ts'
import type { InboxDoor } from '../../src/sink/inbox.ts'
import type { StoreEditor } from '../../src/store/store.ts'
import { appOver, NOW_MS } from '../support/http-world.ts'
import { anInsight } from '../support/insights.ts'
import { aLabel } from '../support/labels.ts'
import { aToken, bearer } from '../support/tokens.ts'

const [mine, foreign] = ['123456789012', '999999999999'] as const
const insights = [mine, foreign].map((account) => anInsight({ account }))
const [own, other] = insights.map(({ id }) => id)

/** Tokens of every scope: for all accounts, for one, and for none that is here. */
const tokens = TOKEN_SCOPES.flatMap((scope) =>
  Object.entries({ all: 'all', mine: [mine], none: [] } as const).map(([name, accounts]) =>
    aToken(`${scope}-${name}`, { accounts, scope }),
  ),
)
const ended = aToken('ended', { scope: 'admin', expiresTime: new Date(NOW_MS).toISOString() })

/** What a route writes: about the caller's account, and about another. */
interface Entry {
  readonly scope: 'write' | 'admin'
  readonly status: number
  /** Only with a token for all accounts. */
  readonly whole?: true
  readonly own: Asked
  readonly foreign: Asked
}
interface Asked {
  readonly url: string
  readonly payload?: object
}

const verdict = (id: string | undefined, payload?: object): Asked => ({
  url: `/v1/insights/${id}/verdict`,
  ...(payload !== undefined && { payload }),
})
const label = (account: string | null): Asked => ({
  url: '/v1/labels',
  payload: { kind: 'burst', account, startTime: '2026-03-03', endTime: '2026-03-04' },
})
const labels = [mine, foreign].map((account) => aLabel({ account }))
const events = { url: '/v1/events', payload: [{ eventName: 'RunInstances' }] }
const selectors = (account: string): Asked => ({
  url: '/v1/selectors',
  payload: { account, selectors: [{ insightType: 'ApiErrorRateInsight' }] },
})

/** Every route that writes. One that is missing here fails the first test. */
const MATRIX: Readonly<Record<string, Entry>> = {
  'put /v1/insights/{id}/verdict': {
    ...{ scope: 'write', status: 200 },
    own: verdict(own, { verdict: 'true' }),
    foreign: verdict(other, { verdict: 'true' }),
  },
  'delete /v1/insights/{id}/verdict': {
    ...{ scope: 'write', status: 204, own: verdict(own), foreign: verdict(other) },
  },
  'put /v1/labels': {
    ...{ scope: 'write', status: 200, own: label(mine), foreign: label(foreign) },
  },
  'delete /v1/labels/{id}': {
    ...{ scope: 'write', status: 204 },
    own: { url: `/v1/labels/${labels[0]?.id}` },
    foreign: { url: `/v1/labels/${labels[1]?.id}` },
  },
  'post /v1/events': {
    ...{ scope: 'write', status: 202, whole: true, own: events, foreign: events },
  },
  'put /v1/selectors': {
    ...{ scope: 'admin', status: 200, own: selectors(mine), foreign: selectors(foreign) },
  },
}

/** Callers that nothing is written for. */
const STRANGERS: Readonly<Record<string, string | undefined>> = {
  'no header': undefined,
  'another scheme': `Basic ${Buffer.from('admin-all:secret-of-admin-all').toString('base64')}`,
  'a signature of AWS': `AWS4-HMAC-SHA256 Credential=OTABCDEFGHIJKLMNOPQR/20260305/us-east-1/cloudtrail/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
  'no secret': 'Bearer admin-all',
  'a wrong secret': 'Bearer admin-all.secret',
  'another token’s secret': 'Bearer admin-all.secret-of-admin-mine',
  'an unknown token': 'Bearer admin-other.secret-of-admin-all',
  'a token that has ended': bearer('ended'),
}

let app: HttpApp
const written: string[] = []
const noted =
  (name: string) =>
  (...given: readonly unknown[]): void => {
    written.push(`${name} ${JSON.stringify(given)}`)
  }
const editor: StoreEditor = {
  switchSelectors: (...given) => {
    noted('switchSelectors')(...given)
    return true
  },
  putVerdict: noted('putVerdict'),
  removeVerdict: noted('removeVerdict'),
  putLabels: noted('putLabels'),
  removeLabel: noted('removeLabel'),
}
const inbox: InboxDoor = {
  put: async (body) => {
    noted('put')(String(body))
    return { result: 'done', id: 'id', bytes: body.length }
  },
  occupancy: async () => ({ files: 0, bytes: 0 }),
}

beforeAll(async () => {
  const account = { firstMinute: 0, dirtyMinute: null, regions: [] }
  const accounts = [mine, foreign].map((each) => ({ ...account, account: each }))
  app = await appOver(
    { insights, accounts, labels },
    {},
    { tokens: () => [...tokens, ended], editor, inbox },
  )
})
afterAll(() => app.close())
beforeEach(() => {
  written.length = 0
})

/** What a caller is answered, and how often that wrote. */
async function answered(
  route: string,
  { url, payload }: Asked,
  authorization: string | undefined,
): Promise<readonly [status: number, writes: number]> {
  const method = route.split(' ')[0]?.toUpperCase() as 'PUT' | 'DELETE' | 'POST'
  const headers = authorization === undefined ? {} : { authorization }
  const before = written.length
  const sent = { method, url, headers, ...(payload !== undefined && { payload }) }
  const { statusCode } = await app.inject(sent)
  return [statusCode, written.length - before]
}

describe('who may write what', () => {
  it('is said for every route', () => {
    const operations = Object.entries(app.swagger().paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item ?? {})
        .filter((method) => method !== 'get')
        .map((method) => `${method} ${path}`),
    )
    expect(Object.keys(MATRIX).sort()).toEqual(operations.sort())
  })

  it.each(Object.entries(MATRIX))(
    '%s writes for those it is for, and nobody else',
    async (route, entry) => {
      for (const authorization of Object.values(STRANGERS)) {
        expect(await answered(route, entry.own, authorization)).toEqual([401, 0])
      }
      for (const scope of TOKEN_SCOPES) {
        const may = TOKEN_SCOPES.indexOf(scope) >= TOKEN_SCOPES.indexOf(entry.scope)
        const done = may ? [entry.status, 1] : [403, 0]
        const elsewhere = may && entry.whole !== true ? [404, 0] : [403, 0]
        const own = entry.whole === true ? elsewhere : done
        expect(await answered(route, entry.own, bearer(`${scope}-all`))).toEqual(done)
        expect(await answered(route, entry.foreign, bearer(`${scope}-all`))).toEqual(done)
        expect(await answered(route, entry.own, bearer(`${scope}-mine`))).toEqual(own)
        expect(await answered(route, entry.foreign, bearer(`${scope}-mine`))).toEqual(elsewhere)
        expect(await answered(route, entry.own, bearer(`${scope}-none`))).toEqual(elsewhere)
      }
    },
  )

  it.each(Object.entries(MATRIX))(
    '%s takes no token in the query',
    async (route, { own: asked }) => {
      for (const name of ['token', 'access_token', 'authorization', 'bearer']) {
        const url = `${asked.url}?${name}=admin-all.secret-of-admin-all`
        expect(await answered(route, { ...asked, url }, undefined)).toEqual([401, 0])
      }
    },
  )

  it.each(Object.entries(MATRIX))(
    '%s takes no member that is not its own',
    async (route, { own: asked, whole = false }) => {
      if (asked.payload === undefined || whole) return
      const payload = { ...asked.payload, by: 'somebody else' }
      expect(await answered(route, { ...asked, payload }, bearer('admin-all'))).toEqual([400, 0])
    },
  )

  it.each(Object.entries(MATRIX))(
    '%s writes nothing where no tokens are asked for',
    async (route, { own: asked }) => {
      const open = await appOver({ insights }, {}, { editor, inbox })
      const [method = '', { url, payload }] = [route.split(' ')[0], asked]
      const sent = { method: method.toUpperCase() as 'PUT', url, ...(payload && { payload }) }
      const { statusCode } = await open.inject(sent)
      expect([statusCode, written]).toEqual([403, []])
      await open.close()
    },
  )
})

describe('PUT /v1/selectors', () => {
  const put = async (payload: object) => {
    const headers = { authorization: bearer('admin-all') }
    const { statusCode, body } = await app.inject({
      method: 'PUT',
      url: '/v1/selectors',
      headers,
      payload,
    })
    return { status: statusCode, body: JSON.parse(body) }
  }

  it.each([
    {},
    { account: mine },
    { account: mine, selectors: [{}] },
    { account: mine, selectors: [{ insightType: 'AggregateInsight' }] },
    { account: mine, selectors: [{ insightType: 'ApiCallRateInsight', eventCategories: [] }] },
    {
      account: mine,
      selectors: [{ insightType: 'ApiCallRateInsight', eventCategories: ['Other'] }],
    },
    { account: mine, selectors: Array(2).fill({ insightType: 'ApiCallRateInsight' }) },
  ])('refuses %j', async (payload) => {
    expect(await put(payload)).toMatchObject({ status: 400, body: { type: '/problems/USAGE' } })
    expect(written).toEqual([])
  })

  it('switches what is not as wanted, from now on', async () => {
    const wanted = [{ insightType: 'ApiCallRateInsight', eventCategories: ['Data'] }]
    expect(await put({ account: mine, selectors: wanted })).toEqual({
      status: 200,
      body: { account: mine, selectors: wanted },
    })
    const off = (insightType: string, category: string) => ({
      ...{ account: mine, insightType, category, atMs: NOW_MS, isOn: false },
    })
    expect(written).toEqual([
      `switchSelectors ${JSON.stringify([
        {
          account: mine,
          changes: [
            off('ApiCallRateInsight', 'Management'),
            off('ApiErrorRateInsight', 'Management'),
            off('ApiErrorRateInsight', 'Data'),
          ],
        },
      ])}`,
    ])
  })
})
