import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Archive, archiveOf, type Span } from '../../src/source/digest/archive.ts'
import { keyRingOfFiles } from '../../src/source/digest/key-ring.ts'
import type { Verdict } from '../../src/source/digest/verdict.ts'
import { weightOf } from '../../src/source/digest/verdict.ts'
import { verifyArchive } from '../../src/source/digest/verify-archive.ts'
import { HOUR_MS, heldShelf, keyList, type Signer, START_MS, type Trail } from './digest-chain.ts'

/** The key ring of a file that holds some keys. */
export function keyRingWith(...signers: readonly Signer[]) {
  const folder = mkdtempSync(join(tmpdir(), 'offtrail-keys-'))
  try {
    writeFileSync(join(folder, 'keys.json'), keyList(...signers))
    return keyRingOfFiles([join(folder, 'keys.json')])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The buckets of some trails as one archive. */
export function archiveWith(...trails: readonly Trail[]): Archive {
  const shelves = new Map(
    trails.map(({ bucket, objects }) => [bucket, heldShelf(bucket, objects)] as const),
  )
  const roots = trails.flatMap(({ bucket, prefix }) => {
    const shelf = shelves.get(bucket)
    return shelf === undefined ? [] : [{ shelf, prefix }]
  })
  return archiveOf(roots, ({ bucket, key }) => {
    const shelf = shelves.get(bucket)
    return shelf === undefined ? null : { shelf, key }
  })
}

/** What a verification of a trail's bucket came to, ten minutes after its newest digest unless said otherwise. */
export async function verified(
  trail: Trail,
  {
    signers = [trail.signer],
    archive = archiveWith(trail),
    span = { fromMs: 0, untilMs: null },
    nowMs = trail.endMs() + HOUR_MS / 6,
  }: {
    readonly signers?: readonly Signer[]
    readonly archive?: Archive
    readonly span?: Span
    readonly nowMs?: number
  } = {},
) {
  const verdicts: Verdict[] = []
  let unverifiedCount = 0
  const hours = await verifyArchive(
    archive,
    { keys: keyRingWith(...signers), span, nowMs, account: null, region: null, onPlace: () => {} },
    {
      tell: (verdict) => void verdicts.push(verdict),
      onDigest: () => {},
      onLog: () => {},
      onUnverified: (count) => {
        unverifiedCount += count
      },
    },
  )
  const counted = (kind: Verdict['kind']): number =>
    verdicts.filter((verdict) => verdict.kind === kind).length
  return {
    ok: verdicts.every((verdict) => weightOf(verdict) !== 'unproven'),
    /** What is not plainly valid, in the order of the walk. */
    found: verdicts.map(({ kind }) => kind).filter((kind) => !kind.startsWith('valid-')),
    verdicts,
    unverifiedCount,
    valid: [counted('valid-digest'), counted('valid-log')],
    /** Proven hours since the beginning of chains: `0-6`. */
    hours: hours.map(({ fromMs, untilMs }) =>
      [fromMs, untilMs].map((ms) => (ms - START_MS) / HOUR_MS).join('-'),
    ),
  }
}
