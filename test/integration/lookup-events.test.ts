import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Clock } from '../../src/source/lookup/clock.ts'
import { type LookupOptions, lookupEvents } from '../../src/source/lookup-events.ts'
import type { SourceObject } from '../../src/source/source.ts'
import { fastClock } from '../support/fast-clock.ts'
import {
  type LookupEndpoint,
  type LookupEndpointOptions,
  lookupEndpoint,
} from '../support/lookup-endpoint.ts'
import { lookupWorld } from '../support/lookup-world.ts'
import { seededRandom } from '../support/seeded-random.ts'

const HOUR_MS = 3_600_000
const NOON = Date.UTC(2026, 2, 4, 12)
const ids = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id)

let endpoint: LookupEndpoint
afterEach(async () => {
  vi.unstubAllEnvs()
  await endpoint.close()
})

async function serve(options: LookupEndpointOptions): Promise<void> {
  endpoint = await lookupEndpoint(options)
}

function optionsFor(clock: Clock, span: Pick<LookupOptions, 'fromMs' | 'untilMs'>): LookupOptions {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  const door = { region: 'eu-west-1', endpointUrl: endpoint.url, credentials }
  return { ...door, ...span, clock, random: seededRandom(7) }
}

async function objectsOf(options: LookupOptions): Promise<readonly SourceObject[]> {
  const objects: SourceObject[] = []
  for await (const entry of lookupEvents(options).list()) {
    if (entry.kind === 'object') objects.push(entry)
  }
  return objects
}

async function idsIn(object: SourceObject): Promise<readonly string[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of object.open()) chunks.push(chunk)
  const { Events } = JSON.parse(Buffer.concat(chunks).toString())
  return Events.map(
    (event: { CloudTrailEvent: string }) => JSON.parse(event.CloudTrailEvent).eventID,
  )
}

/** One run against a ledger of finished objects: what it read, and the keys that failed. */
async function runOnce(options: LookupOptions, ledger: Map<string, string | null>) {
  const read: string[] = []
  const failed: string[] = []
  for (const object of await objectsOf(options)) {
    if (object.version !== null && ledger.get(object.key) === object.version) continue
    try {
      read.push(...(await idsIn(object)))
      ledger.set(object.key, object.version)
    } catch {
      failed.push(object.key)
    }
  }
  return { read, failed }
}

describe('lookupEvents against an endpoint that throttles, fails and repeats', () => {
  it('finds every event, doubles nothing within a slice, and is hardly ever throttled', async () => {
    const clock = fastClock(NOON)
    const span = { fromMs: NOON - 72 * HOUR_MS, untilMs: NOON }
    const events = lookupWorld({ seed: 1, eventCount: 20_000, ...span })
    const troubles = { failShare: 0.05, repeatShare: 0.1, expireShare: 0.02 }
    const slow = { share: 0.05, advance: clock.advance }
    await serve({ events, now: clock.now, slow, ...troubles })
    const found = new Set<string>()
    for (const object of await objectsOf(optionsFor(clock, span))) {
      const inSlice = await idsIn(object)
      expect(new Set(inSlice).size).toBe(inSlice.length)
      for (const id of inSlice) found.add(id)
    }
    expect([...found].sort()).toEqual(ids(events).sort())
    const warm = endpoint.calls.slice(10)
    const throttled = warm.filter(({ outcome }) => outcome === 'throttled')
    expect(throttled.length / warm.length).toBeLessThanOrEqual(0.02)
    const pages = warm.filter(({ outcome }) => outcome === 'answered')
    expect(pages.length).toBeGreaterThan(400)
    const outcomes = new Set(endpoint.calls.map(({ outcome }) => outcome))
    expect(outcomes).toContain('failed')
    expect(outcomes).toContain('expired')
    expect(endpoint.calls.some(({ isSlow }) => isSlow)).toBe(true)
  }, 30_000)

  it('survives others who use up the rate of the account', async () => {
    const clock = fastClock(NOON)
    const span = { fromMs: NOON - 12 * HOUR_MS, untilMs: NOON }
    const events = lookupWorld({ seed: 6, eventCount: 1000, ...span })
    await serve({ events, now: clock.now, throttleShare: 0.4 })
    const { read, failed } = await runOnce(optionsFor(clock, span), new Map())
    expect(failed).toEqual([])
    expect([...new Set(read)].sort()).toEqual(ids(events).sort())
    expect(endpoint.calls.some(({ outcome }) => outcome === 'throttled')).toBe(true)
  })

  it('goes on where a run stopped: finished slices are not asked for again, failed ones are', async () => {
    const clock = fastClock(NOON)
    const span = { fromMs: NOON - 24 * HOUR_MS, untilMs: NOON }
    const events = lookupWorld({ seed: 2, eventCount: 1500, ...span })
    const refusal = (): string | null =>
      [10, 11].includes(endpoint.calls.length) ? 'InvalidLookupAttributesException' : null
    await serve({ events, now: clock.now, refusal })
    const ledger = new Map<string, string | null>()
    const first = await runOnce(optionsFor(clock, span), ledger)
    expect(first.failed).toHaveLength(2)
    const callCount = endpoint.calls.length
    clock.advance(HOUR_MS)
    const second = await runOnce(optionsFor(clock, { ...span, untilMs: clock.now() }), ledger)
    expect(second.failed).toEqual([])
    expect(endpoint.calls.length - callCount).toBeLessThan(callCount)
    expect([...new Set([...first.read, ...second.read])].sort()).toEqual(ids(events).sort())
    const third = await runOnce(optionsFor(clock, { ...span, untilMs: clock.now() }), ledger)
    expect(third.read.length).toBeLessThan(5)
  })
})

describe('lookupEvents and time', () => {
  it('finds events that appear late, because a young slice is read again', async () => {
    const clock = fastClock(NOON)
    const fromMs = NOON - 6 * HOUR_MS
    const delayMs = 25 * 60_000
    const events = lookupWorld({
      seed: 3,
      eventCount: 400,
      fromMs,
      untilMs: NOON + HOUR_MS,
      delayMs,
    })
    await serve({ events, now: clock.now })
    const ledger = new Map<string, string | null>()
    const found = new Set<string>()
    for (let run = 0; run < 9; run += 1) {
      const { read } = await runOnce(optionsFor(clock, { fromMs, untilMs: clock.now() }), ledger)
      for (const id of read) found.add(id)
      clock.advance(10 * 60_000)
    }
    expect([...found].sort()).toEqual(ids(events).sort())
  })

  it('asks for no more than the 90 days that can be had, and gets them', async () => {
    const clock = fastClock(NOON + 47 * 60_000)
    const fromMs = NOON - 400 * 24 * HOUR_MS
    const recent = { fromMs: NOON - 89 * 24 * HOUR_MS, untilMs: NOON }
    const events = lookupWorld({ seed: 4, eventCount: 500, ...recent })
    await serve({ events, now: clock.now })
    const { read, failed } = await runOnce(optionsFor(clock, { fromMs, untilMs: NOON }), new Map())
    expect(failed).toEqual([])
    expect([...new Set(read)].sort()).toEqual(ids(events).sort())
  })

  it('keeps the pace in real time with slices read side by side', async () => {
    const clock: Clock = {
      now: Date.now,
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    }
    const untilMs = Math.floor(clock.now() / (3 * HOUR_MS)) * 3 * HOUR_MS
    const span = { fromMs: untilMs - 9 * HOUR_MS, untilMs }
    const events = lookupWorld({ seed: 5, eventCount: 300, ...span })
    await serve({ events, now: clock.now })
    const objects = await objectsOf(optionsFor(clock, span))
    const found = new Set((await Promise.all(objects.map(idsIn))).flat())
    expect([...found].sort()).toEqual(ids(events).sort())
    expect(endpoint.calls.filter(({ outcome }) => outcome === 'throttled')).toEqual([])
  }, 15_000)
})

describe('lookupEvents without access', () => {
  it('throws AWS_ACCESS with what to do where AWS refuses', async () => {
    const clock = fastClock(NOON)
    await serve({ events: [], now: clock.now, refusal: () => 'AccessDeniedException' })
    const span = { fromMs: NOON - HOUR_MS, untilMs: NOON }
    const [object] = await objectsOf(optionsFor(clock, span))
    if (object === undefined) throw new Error('expected a slice')
    const reading = idsIn(object)
    await expect(reading).rejects.toMatchObject({ name: 'Fault', code: 'AWS_ACCESS' })
    await expect(reading).rejects.toThrow(/cloudtrail:LookupEvents.*--profile/)
  })

  it('throws AWS_ACCESS while listing where there are no credentials', async () => {
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    const clock = fastClock(NOON)
    await serve({ events: [], now: clock.now })
    const { credentials: _, ...options } = optionsFor(clock, { fromMs: 0, untilMs: NOON })
    const listing = objectsOf({ ...options, profile: 'no-such-profile' })
    await expect(listing).rejects.toMatchObject({ name: 'Fault', code: 'AWS_ACCESS' })
  })
})
