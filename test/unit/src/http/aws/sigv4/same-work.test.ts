import type crypto from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RawRequest } from '../../../../../../src/http/aws/sigv4/raw-request.ts'
import { verify } from '../../../../../../src/http/aws/sigv4/verify.ts'
import { captureKey, signedCaptures } from '../../../../../support/wire-captures.ts'

/** What was done with Node's own functions: their names, and the lengths of what they were given. */
const { work } = vi.hoisted(() => ({ work: [] as string[] }))

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>()
  const length = (given: unknown): number => Buffer.from(given as string).length
  const noted =
    <Given extends readonly unknown[], Answer>(name: string, make: (...given: Given) => Answer) =>
    (...given: Given): Answer => {
      work.push(`${name} ${given.map(length).join(' ')}`)
      return make(...given)
    }
  return {
    ...real,
    createHash: noted('hash', (name: string) => real.createHash(name)),
    createHmac: noted('hmac', (name: string, key: string) => real.createHmac(name, key)),
    timingSafeEqual: noted('compare', real.timingSafeEqual),
  }
})

beforeEach(() => {
  work.length = 0
})

/** A secret as `offtrail access-key` makes them. */
const key = { ...captureKey, secretAccessKey: 'x'.repeat(40) }

/** How a request ends, and all the work that went into it. */
function workOf(request: RawRequest, keys: readonly (typeof key)[], atMs: number) {
  work.length = 0
  try {
    verify(request, keys, atMs)
    return { ending: 'let in', work: [...work] }
  } catch (error) {
    return { ending: (error as Error).name, work: [...work] }
  }
}

const lastDigitChanged = ({ rawHeaders, ...request }: RawRequest): RawRequest => ({
  ...request,
  rawHeaders: rawHeaders.map((text) =>
    /Signature=\w{64}$/.test(text)
      ? text.replace(/\w$/, (digit) => (digit === '0' ? '1' : '0'))
      : text,
  ),
})

describe.each(signedCaptures)('the signature of $title', ({ request, atMs }) => {
  it('is compared by timingSafeEqual, once, whole, at the end of the same work, whoever signed it', () => {
    const right = workOf(request, [captureKey], atMs)
    const wrong = workOf(request, [key], atMs)
    const nearly = workOf(lastDigitChanged(request), [captureKey], atMs)
    const unknown = workOf(request, [], atMs)
    expect([right, wrong, nearly, unknown].map(({ ending }) => ending)).toEqual([
      'let in',
      'InvalidSignatureException',
      'InvalidSignatureException',
      'UnrecognizedClientException',
    ])
    expect(unknown.work).toEqual(wrong.work)
    expect(nearly.work).toEqual(right.work)
    for (const { work: done } of [right, wrong, unknown]) {
      expect(done.filter((each) => each.startsWith('compare'))).toEqual(['compare 32 32'])
      expect(done.at(-1)).toBe('compare 32 32')
    }
  })
})
