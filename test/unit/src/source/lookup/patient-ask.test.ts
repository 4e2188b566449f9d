import { describe, expect, it } from 'vitest'
import type { Ask, Page } from '../../../../../src/source/lookup/ask.ts'
import { patientAsk } from '../../../../../src/source/lookup/patient-ask.ts'

const PAGE: Page = { events: [], token: undefined }
const QUESTION = { fromMs: 0, untilMs: 1, token: undefined }

function named(name: string, status = 400): Error {
  return Object.assign(new Error(`${name} says no`), {
    name,
    $metadata: { httpStatusCode: status },
  })
}

/** Asks something that fails with each of these errors in turn and then answers; notes pauses and paced calls. */
function tryWith(errors: readonly Error[], random = () => 0.5) {
  const pauses: number[] = []
  let pacedCount = 0
  const left = [...errors]
  const ask: Ask = async () => {
    const error = left.shift()
    if (error !== undefined) throw error
    return PAGE
  }
  const sleep = async (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds)
  }
  const pace = async (): Promise<void> => {
    pacedCount += 1
  }
  const patience = { title: 'lookup://eu-west-1', pace, clock: { now: () => 0, sleep }, random }
  const asked = patientAsk(ask, patience)(QUESTION)
  return { asked, pauses, pacedCount: () => pacedCount }
}

const hangUp = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
const throttling = named('ThrottlingException')

describe('patientAsk', () => {
  it.each([
    throttling,
    named('ThrottlingException', 429),
    named('InternalFailure', 500),
    named('ServiceUnavailable', 503),
    named('TimeoutError', 0),
    hangUp,
  ])('asks again after $name, at the pace', async (error) => {
    const { asked, pauses, pacedCount } = tryWith([error])
    expect(await asked).toBe(PAGE)
    expect(pauses).toEqual([500])
    expect(pacedCount()).toBe(2)
  })

  it('pauses up to twice as long each time, a minute at most, and gives up after nine tries', async () => {
    const { asked, pauses } = tryWith(Array(9).fill(throttling), () => 1)
    await expect(asked).rejects.toBe(throttling)
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1000))
  })

  it('spreads the pauses by chance from nothing on', async () => {
    const { asked, pauses } = tryWith([throttling], () => 0)
    await asked
    expect(pauses).toEqual([0])
  })

  it.each([
    named('AccessDeniedException'),
    named('UnrecognizedClientException'),
    named('ExpiredTokenException'),
    named('CredentialsProviderError', 0),
    named('Whatever', 403),
  ])('throws AWS_ACCESS at once for $name', async (error) => {
    const { asked, pacedCount } = tryWith([error])
    await expect(asked).rejects.toMatchObject({ code: 'AWS_ACCESS', cause: error })
    expect(pacedCount()).toBe(1)
  })

  it('asks once more after a refused signature, since the SDK has set its clock by the answer', async () => {
    const skewed = named('InvalidSignatureException')
    expect(await tryWith([skewed]).asked).toBe(PAGE)
    await expect(tryWith([skewed, skewed]).asked).rejects.toMatchObject({ code: 'AWS_ACCESS' })
  })

  it.each([
    named('InvalidTimeRangeException'),
    named('InvalidNextTokenException'),
    new Error('bug'),
  ])('passes on $name, which another try cannot mend', async (error) => {
    const { asked, pacedCount } = tryWith([error])
    await expect(asked).rejects.toBe(error)
    expect(pacedCount()).toBe(1)
  })
})
