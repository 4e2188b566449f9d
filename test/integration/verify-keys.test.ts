import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  HOUR_MS,
  makeSigner,
  makeTrail,
  type Signer,
  START_MS,
  writeCopy,
} from '../support/digest-chain.ts'
import { commandLine, place } from '../support/offtrail.ts'
import { CREDENTIALS } from '../support/trail-bucket.ts'

const { path } = place()
const [signer, rotated] = [makeSigner(), makeSigner()]
const seconds = (text: string | undefined): number => Date.parse(text ?? '') / 1000

/** What ListPublicKeys was asked: the Region, and the middle of the time. */
const asked: { region: string; hour: number }[] = []
const answers: { refusal: string | null; keysAt: (hour: number) => readonly Signer[] } = {
  refusal: null,
  keysAt: (hour) => [hour <= 3 ? signer : rotated],
}

const server = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  const { StartTime, EndTime, NextToken } = JSON.parse(body)
  const region = /\/\d{8}\/([a-z0-9-]+)\/cloudtrail\//.exec(request.headers.authorization ?? '')
  const hour = ((StartTime + EndTime) * 500 - START_MS) / HOUR_MS
  asked.push({ region: region?.[1] ?? '', hour })
  response.setHeader('content-type', 'application/x-amz-json-1.1')
  if (answers.refusal !== null) {
    response.writeHead(400).end(JSON.stringify({ __type: answers.refusal, message: 'no' }))
    return
  }
  const PublicKeyList = answers.keysAt(hour).map(({ listed }) => ({
    ...listed,
    ValidityStartTime: seconds(listed['ValidityStartTime']),
    ValidityEndTime: seconds(listed['ValidityEndTime']),
  }))
  // The first page is empty: an answer may come in several.
  const page = NextToken === 'more' ? { PublicKeyList } : { PublicKeyList: [], NextToken: 'more' }
  response.end(JSON.stringify(page))
})

const before = { ...process.env }
beforeAll(async () => {
  Object.assign(process.env, CREDENTIALS)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const objects = makeTrail({ signer }).hours(3).hours(2, { signer: rotated }).objects
  makeTrail({ signer, objects, region: 'us-east-1' }).hours(2)
  writeCopy(path('copy'), objects, { withMetadata: true })
})
beforeEach(() => {
  asked.length = 0
  answers.refusal = null
})
afterAll(() => {
  process.env = before
  server.close()
})

const verify = (...args: readonly string[]) => {
  const { port } = server.address() as AddressInfo
  const endpoint = ['--endpoint-url', `http://127.0.0.1:${port}`]
  const to = new Date(START_MS + 5 * HOUR_MS).toISOString()
  return commandLine(['verify', path('copy'), '--to', to, ...endpoint, ...args, '--json'])
}

describe('offtrail verify without a file of keys', () => {
  it('asks the Region of each digest, once for every key', async () => {
    const { code, out } = await verify()
    const { counts, verdicts } = JSON.parse(out)
    expect(counts).toMatchObject({ 'valid-digest': 7, 'valid-log': 14 })
    // The other Region's trail ended three hours earlier.
    expect({ code, kinds: verdicts.map(({ kind }: { kind: string }) => kind) }).toEqual({
      ...{ code: 1, kinds: ['stale'] },
    })
    expect(asked.filter((_, at) => at % 2 === 0)).toEqual([
      ...[5, 3].map((hour) => ({ region: 'eu-west-1', hour })),
      { region: 'us-east-1', hour: 2 },
    ])
  })

  it('proves the Region that is picked', async () => {
    const { code } = await verify('--region', 'eu-west-1')
    expect({ code, regions: asked.map(({ region }) => region) }).toEqual({
      ...{ code: 0, regions: Array(4).fill('eu-west-1') },
    })
  })

  it('says which key CloudTrail does not know', async () => {
    answers.keysAt = (hour) => (hour <= 3 ? [signer] : [])
    const { code, out } = await verify('--region', 'eu-west-1')
    expect(code).toBe(1)
    const { verdicts, unverifiedLogCount } = JSON.parse(out)
    expect(verdicts.map(({ kind }: { kind: string }) => kind)).toEqual([
      'unknown-key',
      'unknown-key',
    ])
    expect(verdicts[0].words).toContain(rotated.fingerprint)
    expect(unverifiedLogCount).toBe(4)
  })

  it('ends with 6 where AWS refuses, and says which permission or file is missing', async () => {
    answers.refusal = 'AccessDeniedException'
    const { code, err } = await verify()
    expect(code).toBe(6)
    expect(err).toMatch(/cloudtrail:ListPublicKeys/)
    expect(err).toMatch(/--public-keys/)
  })
})
