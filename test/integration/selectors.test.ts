import { request } from 'node:http'
import {
  CloudTrailClient,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  PutInsightSelectorsCommand,
} from '@aws-sdk/client-cloudtrail'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AccessKey } from '../../src/base/access-key.ts'
import type { ApiToken } from '../../src/base/api-token.ts'
import { buildApp } from '../../src/http/app.ts'
import { httpSettings } from '../../src/http/http-settings.ts'
import { listen } from '../../src/http/listen.ts'
import type { SelectorChange } from '../../src/insight/selection.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import { editorOf } from '../../src/store/sqlite/edit-store.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import {
  DAY_MS,
  DEFAULTS,
  FIRST_DAY_MS,
  runOver,
  temporaryFolder,
  withStore,
  writeDays,
} from '../support/pipeline-world.ts'
import { aToken, bearer } from '../support/tokens.ts'

const BURST_MS = FIRST_DAY_MS + 8 * DAY_MS + DAY_MS / 2
const WRITER: AccessKey = {
  accessKeyId: 'OTABCDEFGHIJKLMNOPQR',
  secretAccessKey: 'a-secret-that-is-long-enough-for-all',
  accounts: 'all',
  mayWrite: true,
  createdTime: '2026-01-01T00:00:00Z',
}

/** A store of ten quiet days but for one burst, which was reported. */
async function burstStore(): Promise<{ readonly path: string; readonly account: string }> {
  const folder = temporaryFolder()
  writeDays(`${folder}/trail`, { from: 0, until: 10 }, (day) =>
    day === 8 ? [{ minute: 720, count: 300 }] : [],
  )
  const path = `${folder}/store.db`
  const account = await withStore(path, async (store) => {
    await runOver(store, `${folder}/trail`)
    return store.accounts()[0]?.account ?? ''
  })
  return { path, account }
}

const change = (account: string, atMs: number, isOn: boolean): SelectorChange => ({
  ...{ account, insightType: 'ApiCallRateInsight', category: 'Management', atMs, isOn },
})

/** Ids of the call-rate insights that stand after another run, which reads nothing new. */
async function decided(path: string): Promise<readonly string[]> {
  return withStore(path, async (store) => {
    await runOver(store, temporaryFolder())
    const filter = { insightType: ['ApiCallRateInsight'] }
    const { rows } = store.insights(filter, 'startTime', { limit: 100, after: null })
    return rows.map(({ insight }) => insight.id)
  })
}

describe('what was switched off', () => {
  it('is not reported from that moment on, and is again once it is switched on', async () => {
    const { path, account } = await burstStore()
    const before = await decided(path)
    expect(before).toHaveLength(1)
    const editor = editorOf(path)
    editor.switchSelectors({ account, changes: [change(account, BURST_MS + 1, false)] })
    expect(await decided(path)).toEqual(before)
    editor.switchSelectors({ account, changes: [change(account, BURST_MS - DAY_MS, false)] })
    expect(await decided(path)).toEqual([])
    editor.switchSelectors({ account, changes: [change(account, BURST_MS - DAY_MS, true)] })
    expect(await decided(path)).toEqual(before)
  })

  it('is taken down beside a run that holds the store', async () => {
    const { path, account } = await burstStore()
    await withStore(path, async (store) => {
      editorOf(path).switchSelectors({ account, changes: [change(account, BURST_MS, false)] })
      expect(store.selectorChanges()).toEqual([change(account, BURST_MS, false)])
    })
  })
})

/** A server at the wall clock over the store, and clients with a key. */
async function serverOver(path: string, key: AccessKey, tokens: readonly ApiToken[] | null = null) {
  const store = openReader(path)
  const app = await buildApp({
    ...{ store, editor: editorOf(path), now: Date.now },
    ...{ settings: httpSettings(DEFAULTS), why: whyOf(store, DEFAULTS) },
    aws: { keys: () => [key], unsigned: tokens === null },
    tokens: tokens === null ? null : () => tokens,
  })
  onTestFinished(async () => {
    await app.close()
    store.close()
  })
  const endpoint = await listen(app, { port: 0 })
  const region = 'eu-west-1'
  return new CloudTrailClient({ endpoint, region, credentials: key, maxAttempts: 1 })
}

describe('put-insight-selectors', () => {
  it('switches types and categories one by one', async () => {
    const { path } = await burstStore()
    const client = await serverOver(path, WRITER)
    const get = async () => {
      const { InsightSelectors } = await client.send(
        new GetInsightSelectorsCommand({ TrailName: 'mine' }),
      )
      return InsightSelectors
    }
    const both = ['Management', 'Data']
    expect(await get()).toEqual([
      { InsightType: 'ApiCallRateInsight', EventCategories: both },
      { InsightType: 'ApiErrorRateInsight', EventCategories: both },
    ])
    const wanted = [{ InsightType: 'ApiErrorRateInsight' as const }]
    const put = { TrailName: 'mine', InsightSelectors: wanted }
    const answer = await client.send(new PutInsightSelectorsCommand(put))
    expect(answer.TrailARN).toMatch(/^arn:aws:cloudtrail:eu-west-1:\d{12}:trail\/mine$/)
    expect(await get()).toEqual([
      { InsightType: 'ApiErrorRateInsight', EventCategories: ['Management'] },
    ])
  })

  it('says so where everything is off', async () => {
    const { path } = await burstStore()
    const client = await serverOver(path, WRITER)
    await client.send(new PutInsightSelectorsCommand({ TrailName: 'mine', InsightSelectors: [] }))
    const get = client.send(new GetInsightSelectorsCommand({ TrailName: 'mine' }))
    await expect(get).rejects.toMatchObject({ name: 'InsightNotEnabledException' })
    const { Trail } = await client.send(new GetTrailCommand({ Name: 'mine' }))
    expect(Trail?.HasInsightSelectors).toBe(false)
  })
})

describe('PUT /v1/selectors', () => {
  it('is what put-insight-selectors is, and the other way round', async () => {
    const { path, account } = await burstStore()
    const client = await serverOver(path, WRITER, [aToken('admin', { scope: 'admin' })])
    const { hostname, port } = (await client.config.endpoint?.()) ?? {}
    const ask = async (method: string, body?: object) => {
      const headers = { authorization: bearer('admin'), 'content-type': 'application/json' }
      const url = `http://${hostname}:${port}/v1/selectors`
      const sent =
        body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
      return (await fetch(url, sent)).json()
    }
    const selectors = [{ insightType: 'ApiErrorRateInsight', eventCategories: ['Management'] }]
    expect(await ask('PUT', { account, selectors })).toEqual({ account, selectors })
    const get = new GetInsightSelectorsCommand({ TrailName: 'mine' })
    expect((await client.send(get)).InsightSelectors).toEqual([
      { InsightType: 'ApiErrorRateInsight', EventCategories: ['Management'] },
    ])
    await client.send(new PutInsightSelectorsCommand({ TrailName: 'mine', InsightSelectors: [] }))
    expect(await ask('GET')).toEqual({ items: [{ account, selectors: [] }] })
  })
})

describe('put-insight-selectors that is refused', () => {
  it.each([
    ['InvalidInsightSelectorsException', { InsightSelectors: [{ InsightType: 'Other' }] }],
    ['InvalidInsightSelectorsException', { InsightSelectors: undefined }],
    [
      'InvalidInsightSelectorsException',
      { InsightSelectors: [{ InsightType: 'ApiCallRateInsight', EventCategories: ['None'] }] },
    ],
    [
      'InvalidInsightSelectorsException',
      {
        InsightSelectors: [
          { InsightType: 'ApiCallRateInsight' },
          { InsightType: 'ApiCallRateInsight' },
        ],
      },
    ],
    [
      'TrailNotFoundException',
      { TrailName: 'arn:aws:cloudtrail:eu-west-1:999999999999:trail/mine', InsightSelectors: [] },
    ],
    ['InvalidTrailNameException', { TrailName: 'a..b', InsightSelectors: [] }],
    [
      'InvalidParameterCombinationException',
      { EventDataStore: 'arn:aws:cloudtrail:eu-west-1:1:x', InsightSelectors: [] },
    ],
  ])('understands %s', async (name, input) => {
    const { path } = await burstStore()
    const client = await serverOver(path, WRITER)
    const command = new PutInsightSelectorsCommand({
      ...{ TrailName: 'mine', InsightSelectors: [] },
      ...(input as object),
    })
    await expect(client.send(command)).rejects.toMatchObject({ name })
    const store = openReader(path)
    expect(store.selectorChanges()).toEqual([])
    store.close()
  })

  it("wants the trail's own Region", async () => {
    const { path, account } = await burstStore()
    const client = await serverOver(path, WRITER)
    const TrailName = `arn:aws:cloudtrail:us-east-1:${account}:trail/mine`
    const command = new PutInsightSelectorsCommand({ TrailName, InsightSelectors: [] })
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidHomeRegionException' })
  })
})

/** Sends it once more, with the `Host` that was signed, wherever the address points. */
function replay({ url, headers: signed, authorization, body }: Sent) {
  const headers = { ...signed, authorization }
  return new Promise<{ status: number | undefined; json: () => unknown }>((resolve, reject) => {
    const posted = request(url, { method: 'POST', headers }, (response) => {
      let text = ''
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () =>
        resolve({ status: response.statusCode, json: () => JSON.parse(text) }),
      )
    })
    posted.on('error', reject).end(body)
  })
}

interface Sent {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly authorization: string
  readonly body: string
}

/** What the client sent to switch all off, before it switched one type on. */
async function sentBy(client: CloudTrailClient): Promise<Sent> {
  let sent: Sent | undefined
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers, body, hostname, port } = args.request as never as {
        headers: Record<string, string>
        body: string
        hostname: string
        port: number
      }
      const authorization = headers['authorization'] ?? ''
      sent ??= { headers, authorization, body, url: `http://${hostname}:${port}/` }
      return next(args)
    },
    { step: 'finalizeRequest', priority: 'low' },
  )
  const on = [{ InsightType: 'ApiCallRateInsight' as const }]
  await client.send(new PutInsightSelectorsCommand({ TrailName: 'mine', InsightSelectors: [] }))
  await client.send(new PutInsightSelectorsCommand({ TrailName: 'mine', InsightSelectors: on }))
  if (sent === undefined) throw new Error('nothing was sent')
  return sent
}

async function selectedBy(client: CloudTrailClient) {
  const get = new GetInsightSelectorsCommand({ TrailName: 'mine' })
  return (await client.send(get)).InsightSelectors
}

describe('put-insight-selectors from elsewhere', () => {
  it.each([
    ['as it was', (authorization: string) => authorization],
    ['spelled otherwise', (authorization: string) => authorization.replaceAll(', ', ',')],
  ])('changes nothing for a request that comes a second time, %s', async (_, spelled) => {
    const { path } = await burstStore()
    const client = await serverOver(path, WRITER)
    const sent = await sentBy(client)
    const again = await replay({ ...sent, authorization: spelled(sent.authorization) })
    expect(again.status).toBe(200)
    expect(await selectedBy(client)).toHaveLength(1)
  })

  it('refuses a request that the server carried out before it was started again', async () => {
    const { path } = await burstStore()
    const sent = await sentBy(await serverOver(path, WRITER))
    const restarted = await serverOver(path, WRITER)
    const { port } = (await restarted.config.endpoint?.()) ?? {}
    const again = await replay({ ...sent, url: `http://127.0.0.1:${port}/` })
    expect([again.status, await again.json()]).toMatchObject([
      400,
      { __type: 'InvalidSignatureException', message: expect.stringContaining('carried out') },
    ])
    expect(await selectedBy(restarted)).toHaveLength(1)
  })

  it('forgets a signature when nobody takes it any more', async () => {
    const { path, account } = await burstStore()
    const editor = editorOf(path)
    const put = (atMs: number) =>
      editor.switchSelectors({
        ...{ account, changes: [change(account, atMs, false)] },
        signed: { signature: 'a', atMs },
      })
    expect([put(0), put(15 * 60_000), put(15 * 60_000 + 1)]).toEqual([true, false, true])
  })

  it('is for keys that may write, and for signed requests', async () => {
    const { path } = await burstStore()
    const { mayWrite: _, ...reader } = WRITER
    const client = await serverOver(path, reader)
    const command = new PutInsightSelectorsCommand({ TrailName: 'mine', InsightSelectors: [] })
    await expect(client.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' })
    const { hostname, port } = (await client.config.endpoint?.()) ?? {}
    const unsigned = await fetch(`http://${hostname}:${port}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'CloudTrail_20131101.PutInsightSelectors',
      },
      body: '{"TrailName":"mine","InsightSelectors":[]}',
    })
    expect(unsigned.status).toBe(403)
  })
})
