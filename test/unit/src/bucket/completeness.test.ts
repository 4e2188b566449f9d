import { describe, expect, it } from 'vitest'
import { completeUntil, lateBefore } from '../../../../src/bucket/completeness.ts'

const STAMP_MS = Date.UTC(2026, 2, 10, 12)

describe('lateBefore', () => {
  it('lies 35 days before the delivery stamp', () => {
    expect(lateBefore(STAMP_MS) * 1000).toBe(Date.UTC(2026, 1, 3, 12))
  })

  it('calls nothing late where there is no stamp', () => {
    expect(lateBefore(null)).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('completeUntil', () => {
  it('trusts a stamped file up to 20 minutes before its delivery, whatever it holds', () => {
    expect(completeUntil(STAMP_MS, 99_999_999)).toBe(Date.UTC(2026, 2, 10, 11, 40))
  })

  it('trusts an unstamped file to the end of its newest minute', () => {
    expect(completeUntil(null, STAMP_MS / 60_000)).toBe(STAMP_MS + 60_000)
  })
})
