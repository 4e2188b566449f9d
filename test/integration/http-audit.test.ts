import { PutInsightSelectorsCommand } from '@aws-sdk/client-cloudtrail'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Fault } from '../../src/base/fault.ts'
import { auditLog } from '../../src/cli/request-log.ts'
import type { StoreEditor } from '../../src/store/store.ts'
import { awsServer, KEY } from '../support/aws-wire-world.ts'
import { appOver } from '../support/http-world.ts'
import { anInsight } from '../support/insights.ts'
import { recordingTerminal, valuesOf } from '../support/offtrail.ts'
import { aToken, bearer } from '../support/tokens.ts'

const insight = anInsight()
const { account } = insight
const contents = {
  insights: [insight],
  accounts: [{ account, firstMinute: 0, dirtyMinute: null, regions: [] }],
}
const tokens = [
  aToken('reads'),
  aToken('writes', { scope: 'write' }),
  aToken('admin', { scope: 'admin' }),
  aToken('elsewhere', { scope: 'admin', accounts: ['999999999999'] }),
]

const willing: StoreEditor = {
  switchSelectors: () => true,
  putVerdict: () => {},
  removeVerdict: () => {},
  putLabels: () => {},
  removeLabel: () => {},
}

/** Asks a server, and reads what it took down. */
async function audited(changes: Partial<StoreEditor> = {}) {
  const { terminal, said } = recordingTerminal()
  const app = await appOver(
    contents,
    {},
    {
      ...{ tokens: () => tokens, audit: auditLog(terminal), editor: { ...willing, ...changes } },
    },
  )
  onTestFinished(() => app.close())
  const ask = async (
    as: string,
    method: 'GET' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
  ) => {
    const headers = { authorization: bearer(as), 'x-request-id': 'asked' }
    const sent = payload === undefined ? {} : { payload }
    return (await app.inject({ method, url, headers, ...sent })).statusCode
  }
  const taken = () => valuesOf(said.err)
  return { ask, taken, said }
}

const entry = (who: string, what: string, target: string | null, result = 'done') => ({
  ...{ level: 30, time: expect.any(Number), msg: 'write' },
  audit: { who, what, target, result, requestId: 'asked' },
})
const url = `/v1/insights/${insight.id}/verdict`
const label = { kind: 'burst', account, startTime: '2026-03-03', endTime: '2026-03-04' }

describe('the audit', () => {
  it('has a line for each write: who, what, about what, and what came of it', async () => {
    const { ask, taken } = await audited()
    await ask('writes', 'PUT', url, { verdict: 'false', note: 'our own job' })
    await ask('writes', 'DELETE', url)
    await ask('writes', 'PUT', '/v1/labels', label)
    await ask('admin', 'PUT', '/v1/selectors', { account, selectors: [] })
    expect(taken()).toEqual([
      entry('writes', 'PUT /v1/insights/:id/verdict', insight.id),
      entry('writes', 'DELETE /v1/insights/:id/verdict', insight.id),
      entry('writes', 'PUT /v1/labels', expect.stringMatching(/^[\da-f]{16}$/) as never),
      entry('admin', 'PUT /v1/selectors', account),
    ])
  })

  it('has one for what was refused or failed, too, where it is known who asked', async () => {
    const { ask, taken } = await audited({
      putLabels: () => {
        throw new Fault('STORE_LOCKED', 'busy')
      },
      putVerdict: () => {
        throw new Error('a bug')
      },
    })
    expect(await ask('reads', 'PUT', url, { verdict: 'true' })).toBe(403)
    expect(await ask('writes', 'PUT', '/v1/selectors', { account, selectors: [] })).toBe(403)
    expect(await ask('elsewhere', 'PUT', '/v1/labels', label)).toBe(404)
    expect(await ask('writes', 'PUT', '/v1/labels', label)).toBe(503)
    expect(await ask('writes', 'PUT', url, { verdict: 'true' })).toBe(500)
    expect(await ask('nobody', 'PUT', '/v1/labels', label)).toBe(401)
    const id = expect.any(String) as never
    expect(taken()).toEqual([
      entry('reads', 'PUT /v1/insights/:id/verdict', null, 'FORBIDDEN'),
      entry('writes', 'PUT /v1/selectors', null, 'FORBIDDEN'),
      entry('elsewhere', 'PUT /v1/labels', id, 'NOT_FOUND'),
      entry('writes', 'PUT /v1/labels', id, 'STORE_LOCKED'),
      entry('writes', 'PUT /v1/insights/:id/verdict', insight.id, 'INTERNAL'),
    ])
  })

  it('has none for what is only read, and no secret in any', async () => {
    const { ask, taken, said } = await audited()
    await ask('admin', 'GET', '/v1/selectors')
    await ask('reads', 'GET', '/v1/labels')
    expect(taken()).toEqual([])
    await ask('admin', 'PUT', '/v1/selectors', { account, selectors: [] })
    await ask('reads', 'PUT', '/v1/labels', label)
    expect(taken()).toHaveLength(2)
    expect(said.err).not.toContain('secret-of')
    for (const { sha256 } of tokens) expect(said.err).not.toContain(sha256)
  })
})

describe('the audit of what AWS’s clients write', () => {
  it.each([
    [true, true, account, 'done'],
    [true, false, account, 'repeated'],
    [false, true, null, 'AccessDeniedException'],
  ] as const)(
    'names the key, where it may write: %s',
    async (mayWrite, isFirst, target, result) => {
      const { terminal, said } = recordingTerminal()
      const server = await awsServer(contents, [{ ...KEY, mayWrite }], {
        ...{ audit: auditLog(terminal), editor: { ...willing, switchSelectors: () => isFirst } },
      })
      onTestFinished(() => server.close())
      const put = new PutInsightSelectorsCommand({ TrailName: 'mine', InsightSelectors: [] })
      await server
        .client()
        .send(put)
        .catch(() => {})
      expect(valuesOf(said.err)).toMatchObject([
        { audit: { who: KEY.accessKeyId, what: 'PutInsightSelectors', target, result } },
      ])
      expect(said.err).not.toContain(KEY.secretAccessKey)
      expect(said.err).not.toContain('Signature')
    },
  )
})
