import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Held, makeSigner, makeTrail } from '../../../../support/digest-chain.ts'
import { verified } from '../../../../support/verify-world.ts'

const signer = makeSigner()

/** A small trail with a backfill, one of its objects changed. */
async function verifiedWith(place: number, change: (held: Held) => void) {
  const trail = makeTrail({ signer, objects: new Map() }).hours(2, { logs: 1 })
  trail.backfill(1)
  const keys = [...trail.objects.keys()].sort()
  const held = trail.held(keys[place % keys.length] ?? '')
  const before = gunzipSync(held.body)
  change(held)
  return { held, before, ...(await verified(trail)) }
}

/** Turns one bit over. */
function flipped(bytes: Buffer, bit: number): Buffer {
  const at = Math.floor(bit / 8) % bytes.length
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << (bit % 8)), at)
  return copy
}

function inflatedOf(body: Buffer): Buffer | null {
  try {
    return gunzipSync(body)
  } catch {
    return null
  }
}

/** Hundreds of signatures are checked, and the machine may be busy. */
const PATIENCE_MS = 60_000

describe('verifyArchive', () => {
  const place = fc.nat(5)
  const bit = fc.nat(2 ** 20)

  it(
    'catches every bit turned over in the content of a digest or log',
    () =>
      fc.assert(
        fc.asyncProperty(place, bit, async (at, turned) => {
          const { ok } = await verifiedWith(at, (held) => {
            held.body = gzipSync(flipped(gunzipSync(held.body), turned))
          })
          expect(ok).toBe(false)
        }),
        { numRuns: 300 },
      ),
    PATIENCE_MS,
  )

  it(
    'catches every bit turned over in a stored file, unless its content stays what it was',
    () =>
      fc.assert(
        fc.asyncProperty(place, bit, async (at, turned) => {
          const { ok, held, before } = await verifiedWith(at, (each) => {
            each.body = flipped(each.body, turned)
          })
          expect(ok).toBe(inflatedOf(held.body)?.equals(before) === true)
        }),
        { numRuns: 300 },
      ),
    PATIENCE_MS,
  )

  it(
    'catches every bit turned over in a signature',
    () =>
      fc.assert(
        fc.asyncProperty(fc.nat(2), bit, async (at, turned) => {
          // Keys of digests come before those of logs.
          const { ok } = await verifiedWith(at, ({ metadata }) => {
            const signature = Buffer.from(metadata['signature'] ?? '')
            metadata['signature'] = flipped(signature, turned).toString('latin1')
          })
          expect(ok).toBe(false)
        }),
        { numRuns: 300 },
      ),
    PATIENCE_MS,
  )

  it('proves such a trail as it is', async () => {
    expect(await verifiedWith(0, () => {})).toMatchObject({ ok: true, found: [], valid: [3, 3] })
  })
})
