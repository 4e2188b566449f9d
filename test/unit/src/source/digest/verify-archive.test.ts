import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { VerdictKind } from '../../../../../src/source/digest/verdict.ts'
import {
  HOUR_MS,
  makeSigner,
  makeTrail,
  START_MS,
  type Trail,
} from '../../../../support/digest-chain.ts'
import { digestOf, edited, logOf, withFile, without } from '../../../../support/tampering.ts'
import { archiveWith, verified } from '../../../../support/verify-world.ts'

const signer = makeSigner()
const rotated = makeSigner()
const trailWith = (hours: number, changes: Parameters<typeof makeTrail>[0] = {}): Trail =>
  makeTrail({ signer, objects: new Map(), ...changes }).hours(hours)
interface Case {
  readonly title: string
  readonly trail: () => Trail
  /** Notes alone: everything else is proven. */
  readonly notes?: readonly VerdictKind[]
  readonly valid: readonly [number, number]
  readonly hours: readonly string[]
}

const cases: readonly Case[] = [
  { title: 'a chain', trail: () => trailWith(6), valid: [6, 12], hours: ['0-6'] },
  {
    title: 'a chain with hours without logs',
    trail: () => trailWith(2).hours(3, { logs: 0 }).hours(1),
    ...{ valid: [6, 6], hours: ['0-6'] },
  },
  {
    title: 'a chain across a rotation of keys',
    trail: () => trailWith(3).hours(3, { signer: rotated }),
    ...{ valid: [6, 12], hours: ['0-6'] },
  },
  {
    title: 'two chains, validation off between them',
    trail: () =>
      trailWith(3)
        .digest({ isStart: true, endMs: START_MS + 8 * HOUR_MS })
        .hours(2),
    ...{ notes: ['gap'], valid: [6, 12], hours: ['0-3', '7-10'] },
  },
  {
    title: 'a chain that passes over some hours',
    trail: () => trailWith(3).digest({ endMs: START_MS + 8 * HOUR_MS }),
    ...{ notes: ['gap'], valid: [4, 8], hours: ['0-3', '7-8'] },
  },
  {
    title: "a chain of an organisation's trail",
    trail: () => trailWith(4, { organization: 'o-abc123' }),
    ...{ valid: [4, 8], hours: ['0-4'] },
  },
  {
    title: 'a chain with a backfill',
    trail: () => {
      const trail = trailWith(6)
      trail.backfill(2)
      return trail
    },
    ...{ valid: [7, 13], hours: ['0-6'] },
  },
  {
    title: 'backfills that chain, one signed with a later key',
    trail: () => {
      const trail = trailWith(6)
      trail.backfill(2)
      trail.backfill(4, { signer: rotated })
      return trail
    },
    ...{ valid: [8, 14], hours: ['0-6'] },
  },
  {
    title: 'a chain below a prefix',
    trail: () => trailWith(4, { prefix: 'audit' }),
    ...{ valid: [4, 8], hours: ['0-4'] },
  },
  {
    title: 'digests off the clock hour, whose hours are proven where they lie whole within',
    trail: () =>
      trailWith(0)
        .digest({ endMs: START_MS + 1.5 * HOUR_MS })
        .hours(3),
    ...{ valid: [4, 8], hours: ['1-4'] },
  },
  {
    title: 'a log that some tool stored inflated',
    trail: () => {
      const trail = trailWith(3)
      return withFile(trail, logOf(trail, 2), (body) => gunzipSync(body))
    },
    ...{ valid: [3, 6], hours: ['0-3'] },
  },
  {
    title: 'a digest whose metadata is lost, by the signature the next one repeats',
    trail: () => {
      const trail = trailWith(4)
      trail.held(digestOf(trail, 1)).metadata = {}
      return trail
    },
    ...{ notes: ['signature-lost'], valid: [4, 8], hours: ['0-4'] },
  },
  {
    title: 'logs too young for a digest',
    trail: () => {
      const trail = trailWith(4)
      trail.addLog(trail.endMs() + 300_000)
      return trail
    },
    ...{ notes: ['pending'], valid: [4, 8], hours: ['0-4'] },
  },
  {
    title: 'a key outside its validity',
    trail: () => trailWith(2, { signer: makeSigner({ from: 1 }) }),
    ...{ notes: ['key-out-of-date', 'key-out-of-date'], valid: [2, 4], hours: ['0-2'] },
  },
]

describe('verifyArchive, of what CloudTrail wrote', () => {
  it.each(cases)('proves $title', async ({ trail: make, notes = [], valid, hours }) => {
    const trail = make()
    const result = await verified(trail, { signers: [trail.signer, rotated] })
    expect(result).toMatchObject({ ok: true, found: notes, valid, hours })
  })

  it('keeps trails of one bucket apart', async () => {
    const trail = trailWith(4)
    makeTrail({ signer, objects: trail.objects, trail: 'other' }).hours(4, { logs: 1 })
    const result = await verified(trail)
    expect(result).toMatchObject({ ok: true, found: [], hours: ['0-4', '0-4'] })
  })

  it('keeps accounts and Regions apart', async () => {
    const trail = trailWith(4)
    makeTrail({ signer, objects: trail.objects, region: 'us-east-1' }).hours(4)
    makeTrail({ signer, objects: trail.objects, account: '444455556666' }).hours(4)
    expect(await verified(trail)).toMatchObject({ ok: true, valid: [12, 24] })
  })

  it('follows a chain into another bucket that is named, and says so of one that is not', async () => {
    const old = trailWith(3, { bucket: 'old-logs' })
    const next = makeTrail({ signer, objects: new Map(), bucket: 'new-logs', after: old }).hours(3)
    const both = await verified(next, { archive: archiveWith(old, next) })
    expect(both).toMatchObject({ ok: true, found: [], valid: [6, 12], hours: ['0-6'] })
    const one = await verified(next)
    expect(one).toMatchObject({ ok: false, found: ['elsewhere'], hours: ['3-6'] })
  })
})

describe('verifyArchive, of a stretch of time', () => {
  const at = (hours: number): number => START_MS + hours * HOUR_MS
  const timeText = (hours: number): string =>
    new Date(at(hours)).toISOString().replace('.000Z', 'Z')

  it('takes the digests that overlap it, and the one after for its signature', async () => {
    const trail = trailWith(10)
    trail.held(digestOf(trail, 5)).metadata = {}
    const span = { fromMs: at(2), untilMs: at(6) }
    const result = await verified(trail, { span })
    expect(result).toMatchObject({ ok: true, found: ['signature-lost'], hours: ['2-6'] })
    expect(result.valid).toEqual([4, 8])
  })

  it('asks nothing of what lies before, nor of what lies after', async () => {
    const trail = trailWith(10)
    for (const place of [0, 1, 8, 9]) without(trail, digestOf(trail, place))
    const span = { fromMs: at(2), untilMs: at(6) }
    expect(await verified(trail, { span })).toMatchObject({ ok: true, found: [], hours: ['2-6'] })
  })

  it.each([2, 4, 5])('misses digest %i of it, wherever it was', async (place) => {
    const trail = trailWith(10)
    without(trail, digestOf(trail, place))
    const span = { fromMs: at(2), untilMs: at(6) }
    const { found } = await verified(trail, { span })
    expect(found).toEqual(['missing-digest', 'uncovered-logs'])
  })

  it('believes no digest that says of itself that it lies after', async () => {
    const trail = trailWith(6)
    const text = timeText(6)
    withFile(trail, digestOf(trail, -1), (body) =>
      edited(
        body,
        /"digestStartTime":"[^"]+"/.exec(gunzipSync(body).toString())?.[0] ?? '',
        `"digestStartTime":"${text}"`,
      ),
    )
    const span = { fromMs: at(0), untilMs: at(6) }
    expect((await verified(trail, { span })).found).toEqual(['altered-digest'])
  })

  describe('with a forged digest behind its end', () => {
    const forged = (trail: Trail, hours: number): void => {
      const key = digestOf(trail, -1).replace(/\d{8}T\d{6}Z/, timeText(hours).replace(/[-:]/g, ''))
      trail.objects.set(key, trail.held(digestOf(trail, -1)))
    }
    const span = { fromMs: 0, untilMs: at(6) }

    it('still misses the last ones', async () => {
      const trail = trailWith(6)
      for (const place of [-1, -2]) without(trail, digestOf(trail, place))
      for (const key of trail.logKeys.slice(-4)) without(trail, key)
      trail.objects.set(
        digestOf(trail, -1).replace('T060000Z', 'T070500Z'),
        trail.held(digestOf(trail, 0)),
      )
      expect(await verified(trail, { span })).toMatchObject({ found: ['stale'], hours: ['0-4'] })
    })

    it('still knows what the last one names', async () => {
      const trail = trailWith(6)
      forged(trail, 6.5)
      trail.addLog(at(5.8))
      const { found } = await verified(trail, { span, nowMs: at(7.6) })
      expect(found).toEqual(['unreferenced-log'])
    })
  })

  it('wants digests up to its end, however long ago that is', async () => {
    const trail = trailWith(6)
    const nowMs = at(500)
    const upTo = (hours: number) =>
      verified(trail, { span: { fromMs: 0, untilMs: at(hours) }, nowMs })
    expect((await upTo(6)).found).toEqual([])
    expect((await upTo(9)).found).toEqual(['stale'])
    trail.addLog(at(5.5))
    expect((await upTo(6)).found).toEqual(['unreferenced-log'])
  })
})
