import { describe, expect, it } from 'vitest'
import type { Ask, LookedUp, Page } from '../../../../../src/source/lookup/ask.ts'
import { sliceBytes } from '../../../../../src/source/lookup/slice-bytes.ts'

const SPAN = { fromMs: 0, untilMs: 3_600_000 }
const event = (id: string): LookedUp => ({ EventId: id, CloudTrailEvent: `{"eventID":"${id}"}` })
const page = (ids: string, token?: string): Page => ({ events: [...ids].map(event), token })
const refusedToken = Object.assign(new Error('no'), { name: 'InvalidNextTokenException' })

/** Answers with these in turn and notes the tokens it was asked with. */
function answering(...answers: readonly (Page | Error)[]) {
  const tokens: (string | undefined)[] = []
  const ask: Ask = async ({ token }) => {
    const answer = answers[Math.min(tokens.length, answers.length - 1)]
    tokens.push(token)
    if (answer === undefined || answer instanceof Error) throw answer
    return answer
  }
  return { ask, tokens }
}

async function chunksOf(ask: Ask): Promise<readonly string[]> {
  const chunks: string[] = []
  for await (const chunk of sliceBytes(ask, SPAN)) chunks.push(Buffer.from(chunk).toString())
  return chunks
}

async function idsFrom(ask: Ask): Promise<string> {
  const { Events } = JSON.parse((await chunksOf(ask)).join(''))
  return Events.map(
    ({ CloudTrailEvent }: LookedUp) => JSON.parse(CloudTrailEvent ?? '').eventID,
  ).join('')
}

describe('sliceBytes', () => {
  it('is one LookupEvents answer, given page by page', async () => {
    const { ask, tokens } = answering(page('ab', 't1'), page('c'))
    const chunks = await chunksOf(ask)
    expect(chunks[0]).toBe(
      '{"Events":[{"CloudTrailEvent":"{\\"eventID\\":\\"a\\"}"},{"CloudTrailEvent":"{\\"eventID\\":\\"b\\"}"}',
    )
    expect(chunks).toHaveLength(3)
    expect(tokens).toEqual([undefined, 't1'])
  })

  it('is an empty answer where there are no events', async () => {
    expect((await chunksOf(answering(page('')).ask)).join('')).toBe('{"Events":[]}')
  })

  it('goes on over an empty page that is not the last', async () => {
    expect(await idsFrom(answering(page('', 't1'), page('a', 't2'), page('')).ask)).toBe('a')
  })

  it('drops what pages repeat', async () => {
    const { ask } = answering(page('ab', 't1'), page('ab', 't1'), page('bc', 't2'), page('cd'))
    expect(await idsFrom(ask)).toBe('abcd')
  })

  it('starts over without the token that was refused, and doubles nothing', async () => {
    const { ask, tokens } = answering(page('ab', 't1'), refusedToken, page('ab', 't2'), page('c'))
    expect(await idsFrom(ask)).toBe('abc')
    expect(tokens).toEqual([undefined, 't1', undefined, 't2'])
  })

  it('gives up where tokens are refused for ever', async () => {
    const turns = Array.from({ length: 9 }, () => [page('a', 't'), refusedToken]).flat()
    const { ask, tokens } = answering(...turns)
    await expect(idsFrom(ask)).rejects.toBe(refusedToken)
    expect(tokens).toHaveLength(18)
  })

  it('gives up where one page comes for ever', async () => {
    await expect(idsFrom(answering(page('a', 't')).ask)).rejects.toThrow('one page for ever')
  })

  it('rejects with what the asking rejects with', async () => {
    const trouble = new Error('gone')
    await expect(idsFrom(answering(page('a', 't'), trouble).ask)).rejects.toBe(trouble)
    await expect(idsFrom(answering(refusedToken).ask)).rejects.toBe(refusedToken)
  })

  it('keeps events without an id or a record, so that they are counted as rejected', async () => {
    const events = [{ EventId: 'a' }, { CloudTrailEvent: '{}' }, { CloudTrailEvent: '{}' }]
    const chunks = await chunksOf(answering({ events, token: undefined }).ask)
    expect(JSON.parse(chunks.join('')).Events).toEqual([{}, ...events.slice(1)])
  })
})
