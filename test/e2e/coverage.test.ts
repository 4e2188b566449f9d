import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { InsightView } from '../../src/insight/view.ts'
import type { Explanation } from '../../src/pipeline/why.ts'
import {
  HOUR_MS,
  keyList,
  makeSigner,
  makeTrail,
  START_MS,
  writeCopy,
} from '../support/digest-chain.ts'
import { place } from '../support/offtrail.ts'
import { recordsText, trailRecord } from '../support/trail-records.ts'

const { offtrail, path } = place()
const signer = makeSigner()
writeFileSync(path('keys.json'), keyList(signer))
const KEYS = ['--public-keys', path('keys.json')]
const DAYS = 17
const QUARTER_MS = HOUR_MS / 4
/** The day nothing comes of. */
const silent = { from: 14 * 24, until: 15 * 24 }
/** Eight hours of the last day, long after. */
const later = { from: 16 * 24 + 8, until: 16 * 24 + 16 }
const isIn = (hour: number, span: typeof silent): boolean => span.from <= hour && hour < span.until

let serial = 0
/** What an API's calls of a quarter of an hour are, in a log delivered at its end. */
function quarter(endMs: number, name: string, count: number): string {
  const records = Array.from({ length: count }, (_, at) => {
    serial += 1
    const timeMs = endMs - QUARTER_MS + Math.floor((at * QUARTER_MS) / count)
    const eventTime = new Date(timeMs).toISOString().replace(/\.\d+Z/, 'Z')
    return JSON.stringify(trailRecord(serial, { eventTime, eventName: name }))
  })
  return recordsText(...records)
}
const busyCount = (hour: number, slot: number): number => 28 + ((hour * 7 + slot * 5) % 5)

type Silence = 'none' | 'signed' | 'off'

/**
 * One API with some 120 calls an hour, and a day without any: signed for by digests of nothing, or while validation was off and a
 * few calls of something else came. Then there is another silence, which is signed for.
 */
function made(folder: string, silence: Silence): string {
  serial = 0
  const trail = makeTrail({ signer, objects: new Map() })
  for (let hour = 0; hour < DAYS * 24; hour += 1) {
    const startMs = START_MS + hour * HOUR_MS
    const endOf = (slot: number): number => startMs + (slot + 1) * QUARTER_MS
    const slots = [0, 1, 2, 3]
    const isSigned = isIn(hour, silence === 'signed' ? silent : later)
    if (isSigned && silence !== 'none') trail.digest({ logs: 0 })
    else if (isIn(hour, silent) && silence === 'off')
      for (const slot of slots)
        trail.addLog(endOf(slot) - 60_000, quarter(endOf(slot), 'ListBuckets', 2))
    else {
      const texts = slots.flatMap((slot) => [
        ...[null, null],
        quarter(endOf(slot), 'AssumeRole', busyCount(hour, slot)),
      ])
      const isStart = hour === silent.until && silence === 'off'
      trail.digest({ texts, isStart, endMs: startMs + HOUR_MS })
    }
  }
  writeCopy(path(folder), trail.objects, { withMetadata: true })
  return new Date(trail.endMs()).toISOString()
}

function falls(store: string): readonly InsightView[] {
  const { out } = offtrail(['insights', 'list', '--store', store, '--format', 'ndjson'])
  const insights = out.split('\n').filter((line) => line !== '')
  return insights
    .map((line) => JSON.parse(line) as InsightView)
    .filter(({ direction }) => direction === 'down')
}
/** What was expected of AssumeRole, and why it was told or not, so many hours after the beginning. */
function explained(store: string, hour: number): Explanation {
  const at = new Date(START_MS + hour * HOUR_MS).toISOString()
  const { out, err } = offtrail([
    ...['explain', '--why-not', '--service', 'ec2', '--api', 'AssumeRole'],
    ...['--store', store, '--at', at, '--json'],
  ])
  if (out === '') throw new Error(err)
  return JSON.parse(out) as Explanation
}

describe('a trail that falls silent for a day', () => {
  it('raises the drop where digests of nothing prove it, though nothing else was called', () => {
    made('signed', 'signed')
    offtrail(['run', path('signed'), '--store', 'plain.db'])
    expect(falls('plain.db')).toEqual([])
    const run = offtrail(['run', path('signed'), '--store', 's.db', '--require-verified', ...KEYS])
    expect(run.code).toBe(0)
    const found = falls('s.db')
    expect(found.map(({ eventName }) => eventName)).toContain('AssumeRole')
    expect(explained('s.db', silent.from + 8).sentence).toContain('The silence is proven')
  }, 120_000)

  it('raises none, and learns no zeros, where the chain has a gap', () => {
    const until = made('off', 'off')
    made('steady', 'none')
    offtrail(['run', path('steady'), '--store', 'steady.db'])
    offtrail(['run', path('off'), '--store', 'off.db'])
    expect(falls('off.db')).not.toEqual([])
    const verified = offtrail(['verify', path('off'), '--store', 'off.db', '--to', until, ...KEYS])
    expect(verified.err).toContain('Noted    408 hours')
    offtrail(['run', path('off'), '--store', 'off.db'])
    // Had the gap taught silence, this one would not be long enough for a fall.
    const found = falls('off.db')
    expect(found.length).toBeGreaterThan(0)
    for (const { startTime } of found)
      expect((Date.parse(startTime) - START_MS) / HOUR_MS).toBeGreaterThanOrEqual(later.from)
    const steady = explained('steady.db', silent.until + 30).expected
    expect(explained('off.db', silent.until + 30).expected).toBeCloseTo(steady ?? 0, 0)
    expect(explained('off.db', silent.from + 8).gates.join()).toContain('gap from 2026-03-16')
    const { code, out } = offtrail(['coverage', '--store', 'off.db', '--format', 'table'])
    expect(code).toBe(1)
    expect(out).toMatch(/^gap +111122223333 +eu-west-1 .* 24$/m)
    expect(out).toMatch(/^111122223333 +eu-west-1 +94\.1 %/m)
  }, 120_000)
})
