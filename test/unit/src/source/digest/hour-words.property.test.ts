import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Span } from '../../../../../src/source/digest/archive.ts'
import { type TrailHours, verifyArchive } from '../../../../../src/source/digest/verify-archive.ts'
import { overlaid } from '../../../../../src/store/coverage.ts'
import {
  HOUR_MS,
  makeSigner,
  makeTrail,
  START_MS,
  type Trail,
} from '../../../../support/digest-chain.ts'
import { digestOf, edited, logOf, withFile } from '../../../../support/tampering.ts'
import { archiveWith, keyRingWith } from '../../../../support/verify-world.ts'

const signer = makeSigner()
const HOURS = 30
const LISTENER = { tell: () => {}, onDigest: () => {}, onLog: () => {}, onUnverified: () => {} }

/** What a verification says of a trail's hours, counted from the beginning of chains. */
async function hoursOf(
  trail: Trail,
  { fromHour = 0, untilHour = HOURS }: { fromHour?: number; untilHour?: number | null } = {},
) {
  const words: TrailHours[] = []
  const span: Span = {
    fromMs: fromHour === 0 ? 0 : START_MS + fromHour * HOUR_MS,
    untilMs: untilHour === null ? null : START_MS + untilHour * HOUR_MS,
  }
  await verifyArchive(
    archiveWith(trail),
    {
      ...{ keys: keyRingWith(signer), span, account: null, region: null },
      ...{ nowMs: trail.endMs(), onPlace: () => {}, isAnchored: true },
      onHours: (word) => words.push(word),
    },
    LISTENER,
  )
  return words.flatMap(({ hours }) =>
    hours.map(({ fromMs, untilMs, state }) => ({
      fromHour: (fromMs - START_MS) / HOUR_MS,
      untilHour: (untilMs - START_MS) / HOUR_MS,
      state,
    })),
  )
}

const texts = (hours: Awaited<ReturnType<typeof hoursOf>>): readonly string[] =>
  hours.map(({ fromHour, untilHour, state }) => `${fromHour}-${untilHour} ${state}`)

describe('what a verification says of hours', () => {
  const chain = (): Trail => makeTrail({ signer, objects: new Map() }).hours(6, { logs: 1 })

  it('is proof of hours without any log as of others', async () => {
    const trail = makeTrail({ signer, objects: new Map() }).hours(3, { logs: 0 })
    expect(texts(await hoursOf(trail))).toEqual(['0-3 proven'])
  })

  it('is a gap where validation was off, even half an hour', async () => {
    const trail = chain()
    trail.digest({ isStart: true, logs: 0, endMs: START_MS + 8.5 * HOUR_MS }).hours(1)
    expect(texts(await hoursOf(trail))).toEqual(['0-6 proven', '6-8 gap', '8-9 proven'])
  })

  it('is missing where a digest or a log is, and where two digests are', async () => {
    const trail = chain()
    trail.objects.delete(logOf(trail, 0))
    for (const at of [2, 3]) trail.objects.delete(digestOf(trail, at))
    for (const at of [2, 3]) trail.objects.delete(logOf(trail, at))
    expect(texts(await hoursOf(trail))).toEqual([
      '0-1 missing',
      '1-2 proven',
      '2-4 missing',
      '4-6 proven',
    ])
  })

  it('is damage where a log, a digest, or a log that nobody signed is', async () => {
    const trail = withFile(chain(), logOf(chain(), 1), (body) => edited(body, 'Run', 'Pun'))
    trail.addLog(START_MS + 4.2 * HOUR_MS)
    expect(texts(await hoursOf(trail))).toEqual([
      '0-1 proven',
      '1-2 damaged',
      '2-4 proven',
      '4-5 damaged',
      '5-6 proven',
    ])
  })

  it('says nothing of hours whose files nobody could judge', async () => {
    const trail = chain()
    trail.held(digestOf(trail, 5)).metadata = {}
    expect(texts(await hoursOf(trail))).toEqual(['0-5 proven'])
  })
})

/** Everything that may befall an hour. */
type Fate = 'whole' | 'no digest' | 'digest edited' | 'no log' | 'log edited' | 'stranger' | 'off'
const fate = fc.constantFrom<Fate>(
  ...(['whole', 'whole', 'whole', 'no digest', 'digest edited', 'no log'] as const),
  ...(['log edited', 'stranger', 'off'] as const),
)

function trailOf(fates: readonly Fate[], offsetMs: number): Trail {
  const trail = makeTrail({ signer, objects: new Map() })
  let wasOff = false
  for (const [hour, each] of fates.entries()) {
    if (each === 'off') {
      wasOff = true
      continue
    }
    const endMs = START_MS + (hour + 1) * HOUR_MS + offsetMs
    trail.digest({ logs: 1, endMs, isStart: wasOff })
    wasOff = false
    const [digest, log] = [digestOf(trail, -1), logOf(trail, -1)]
    if (each === 'digest edited') withFile(trail, digest, (body) => edited(body, '"', '" '))
    if (each === 'log edited') withFile(trail, log, (body) => edited(body, 'Run', 'Pun'))
    if (each === 'no digest') trail.objects.delete(digest)
    if (each === 'no log') trail.objects.delete(log)
    if (each === 'stranger') trail.addLog(endMs - HOUR_MS / 2)
  }
  return trail
}

describe('verifications of the same archive', () => {
  it(
    'come to the same hours in one piece and in many, in any order and again',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fate, { minLength: 3, maxLength: 10 }),
          fc.constantFrom(0, HOUR_MS / 4),
          fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { maxLength: 3 }),
          fc.array(fc.nat(3), { minLength: 4, maxLength: 6 }),
          async (fates, offsetMs, cuts, order) => {
            const trail = trailOf(fates, offsetMs)
            const bounds = [0, ...[...cuts].sort((a, b) => a - b), HOURS]
            const pieces = await Promise.all(
              bounds
                .slice(1)
                .map((untilHour, at) => hoursOf(trail, { fromHour: bounds[at] ?? 0, untilHour })),
            )
            const turns = [...order.map((turn) => turn % pieces.length), ...pieces.keys()]
            const ledger = turns.reduce<Parameters<typeof overlaid>[0]>(
              (stood, turn) => overlaid(stood, pieces[turn] ?? []),
              [],
            )
            expect(ledger).toEqual(overlaid([], await hoursOf(trail)))
          },
        ),
        { numRuns: 60 },
      ),
    120_000,
  )
})
