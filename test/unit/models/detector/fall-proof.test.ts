import { describe, expect, it } from 'vitest'
import {
  deliveryOf,
  type FallProof,
  fallIsProven,
  longestSilence,
} from '../../../../models/detector/fall-proof.ts'
import type { Counts, WindowSpan } from '../../../../models/index.ts'
import { countsAt, seriesOf } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const day = 40
const noon = day * 288 + 144
/** A call every 20 minutes until an hour before noon. */
const own = countsAt(
  ...Array.from({ length: 200 }, (_, at): [number, number] => [noon - 12 - 4 * (199 - at), 3]),
)
const endingAt = (until: number): WindowSpan => ({ from: until - 6, until })
const proofWith = (other: Counts, counts = own): FallProof => {
  const series = seriesOf(counts)
  return {
    counts,
    delivery: deliveryOf([series, seriesOf(other, { key: 'other' })], day, grid),
    longestSilence: () => longestSilence(series, day, grid),
  }
}

describe('longestSilence', () => {
  it('is the longest pause between calls of the 28 days before', () => {
    const counts = countsAt([12 * 288 - 9, 1], [12 * 288 + 5, 1], [12 * 288 + 8, 1], [day * 288, 1])
    expect(longestSilence(seriesOf(counts), day, grid)).toBe(5)
    expect(longestSilence(seriesOf(own), day, grid)).toBe(3)
  })
})

describe('fallIsProven', () => {
  it('is not where the group has been silent for an hour, but for the series itself', () => {
    expect(fallIsProven(proofWith(countsAt([noon - 13, 9])), endingAt(noon), 1, grid)).toBe(false)
    expect(fallIsProven(proofWith(countsAt()), endingAt(noon - 8), 1, grid)).toBe(false)
  })

  it('is where another series of the group had a call in the last hour', () => {
    expect(fallIsProven(proofWith(countsAt([noon - 12, 9])), endingAt(noon), 1, grid)).toBe(true)
    expect(fallIsProven(proofWith(countsAt([noon - 1, 9])), endingAt(noon), 1, grid)).toBe(true)
  })

  it('asks of nothing at all to be longer than twice the longest silence', () => {
    const proof = proofWith(countsAt([noon - 6, 9]))
    const last = noon - 12
    expect(fallIsProven(proof, endingAt(last + 1 + 6), 0, grid)).toBe(false)
    expect(fallIsProven(proof, endingAt(last + 1 + 7), 0, grid)).toBe(true)
  })

  it('looks at the hour before midnight, too', () => {
    const early = day * 288 + 2
    expect(fallIsProven(proofWith(countsAt([early - 11, 1])), endingAt(early), 1, grid)).toBe(true)
  })

  describe('where deliveries are known', () => {
    const around = (from: number, until: number) => [{ from: noon + from, until: noon + until }]
    const alone = proofWith(countsAt())
    const beside = proofWith(countsAt([noon - 3, 9]))

    it('is not in a window that touches what is lost, whatever else was delivered', () => {
      const proofs = (from: number, until: number) => [
        { ...beside, coverage: { lost: around(from, until), proven: [] } },
        { ...beside, coverage: { lost: around(from, until), proven: around(-288, 288) } },
      ]
      for (const proof of [...proofs(-1, 9), ...proofs(-99, -5)])
        expect(fallIsProven(proof, endingAt(noon), 1, grid)).toBe(false)
      for (const proof of [...proofs(0, 9), ...proofs(-99, -6)])
        expect(fallIsProven(proof, endingAt(noon), 1, grid)).toBe(true)
    })

    it('is where all of the window is proven, though no other series had a call', () => {
      const proven = (from: number, until: number) => ({
        ...{ ...alone, coverage: { lost: [], proven: around(from, until) } },
      })
      expect(fallIsProven(alone, endingAt(noon), 0, grid)).toBe(false)
      expect(fallIsProven(proven(-6, 0), endingAt(noon), 0, grid)).toBe(true)
      expect(fallIsProven(proven(-5, 0), endingAt(noon), 0, grid)).toBe(false)
      expect(fallIsProven(proven(-6, -1), endingAt(noon), 0, grid)).toBe(false)
    })

    it('counts no lost window as silence', () => {
      const silentFor = (until: number, lost: number) => ({
        proof: { ...beside, coverage: { lost: around(-12, -12 + lost), proven: [] } },
        span: { from: noon + until - 1, until: noon + until },
      })
      const known = silentFor(0, 6)
      expect(fallIsProven(known.proof, known.span, 0, grid)).toBe(false)
      const longer = silentFor(1, 6)
      expect(fallIsProven(longer.proof, longer.span, 0, grid)).toBe(true)
    })
  })

  it('is where a run is missing that came on each of the 10 days before', () => {
    const came = (days: number): Counts =>
      countsAt(
        ...Array.from({ length: days }, (_, at): [number, number] => [noon - 288 * (days - at), 5]),
      )
    const span = { from: noon - 6, until: noon + 1 }
    const other = countsAt([noon - 3, 9])
    expect(fallIsProven(proofWith(other, came(10)), span, 0, grid)).toBe(true)
    expect(fallIsProven(proofWith(other, came(9)), span, 0, grid)).toBe(false)
    expect(fallIsProven(proofWith(countsAt(), came(10)), span, 0, grid)).toBe(false)
  })
})
