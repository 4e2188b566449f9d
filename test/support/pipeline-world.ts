import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { type Settings, settingsFrom } from '../../src/base/settings.ts'
import type { Insight } from '../../src/insight/insight.ts'
import { standing } from '../../src/pipeline/delivery/deliver.ts'
import { type RunOptions, type RunReport, run } from '../../src/pipeline/run.ts'
import { localFiles } from '../../src/source/local-files.ts'
import { parseObjectName } from '../../src/source/object-name.ts'
import type { Source, SourceObject, Unreadable } from '../../src/source/source.ts'
import { openStore } from '../../src/store/sqlite/open-store.ts'
import type { Store, StoreReader } from '../../src/store/store.ts'
import { HOLDER } from './temporary-store.ts'
import { recordsText, trailRecord } from './trail-records.ts'

export const FIXTURE_TRAILS: string = fileURLToPath(new URL('../fixtures/trails', import.meta.url))
export const DEFAULTS: Settings = settingsFrom(null)
export const DAY_MS = 86_400_000
/** The first day of made trails, a Monday. */
export const FIRST_DAY_MS: number = Date.UTC(2026, 2, 2)

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'offtrail-pipeline-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes a file and the folders above it; answers its path. */
export function written(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

/** Opens a store, uses it, closes it. */
export async function withStore<Answer>(
  path: string,
  use: (store: Store) => Promise<Answer>,
  settings: Settings = DEFAULTS,
): Promise<Answer> {
  const { windowMinutes, actorCap } = settings
  const store = openStore(path, { ...HOLDER, windowMinutes, actorCap })
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

/** One run, with everything left at its default that is not said. */
export function runOver(
  store: Store,
  source: Source | string,
  changes: Partial<RunOptions> = {},
): Promise<RunReport> {
  const sources = [typeof source === 'string' ? localFiles([source]) : source]
  return run(sources, store, {
    ...{ settings: DEFAULTS, account: null, asOfMs: null, deliverSinceMs: null },
    ...{ sinks: [], now: () => 1000, ...changes },
  })
}

/** A source that lists these entries in this order. */
export function listing(entries: readonly (SourceObject | Unreadable)[]): Source {
  return {
    title: 'a test',
    async *list() {
      yield* entries
    },
  }
}

/** Everything a source lists. */
export async function entriesOf(source: Source): Promise<readonly (SourceObject | Unreadable)[]> {
  const entries: (SourceObject | Unreadable)[] = []
  for await (const entry of source.list()) entries.push(entry)
  return entries
}

/** A trail file that is only in memory. */
export function inMemory(
  key: string,
  text: string,
  parts: Partial<SourceObject> = {},
): SourceObject {
  return {
    ...{ kind: 'object', source: 'file', key, version: '1', size: text.length },
    name: parseObjectName(key),
    async *open() {
      yield Buffer.from(text)
    },
    ...parts,
  }
}

/** Insights that stand, oldest first. */
export const insightsOf = (store: StoreReader): readonly Insight[] => [...standing(store)]

/** Made calls: so many within so many minutes from a moment on, of one API. */
export interface Burst {
  readonly day: number
  /** Minutes after midnight. */
  readonly minute: number
  readonly count: number
  readonly minutes?: number
  readonly changes?: object
}

let lastId = 0

/** The records of a burst, evenly spread. */
export function burstRecords({
  day,
  minute,
  count,
  minutes = 4,
  changes,
}: Burst): readonly object[] {
  const fromMs = FIRST_DAY_MS + day * DAY_MS + minute * 60_000
  return Array.from({ length: count }, (_, place) => {
    lastId += 1
    const timeMs = fromMs + Math.floor((place * minutes * 60) / count) * 1000
    const eventTime = new Date(timeMs).toISOString().replace('.000Z', 'Z')
    return trailRecord(lastId, { eventTime, ...changes })
  })
}

/** A day of one account that asks every ten minutes how its machines are, and what else happened. */
export function dayText(day: number, bursts: readonly Omit<Burst, 'day'>[] = []): string {
  const calm = { eventName: 'DescribeInstances', readOnly: true }
  const records = [
    ...burstRecords({ day, minute: 0, count: 144, minutes: 1440, changes: calm }),
    ...bursts.flatMap((burst) => burstRecords({ day, ...burst })),
  ]
  return recordsText(...records.map((record) => JSON.stringify(record)))
}

/** Writes days of such an account into a folder, one file a day; answers the paths. */
export function writeDays(
  folder: string,
  { from, until }: { readonly from: number; readonly until: number },
  burstsOf: (day: number) => readonly Omit<Burst, 'day'>[] = () => [],
): readonly string[] {
  return Array.from({ length: until - from }, (_, place) => {
    const day = from + place
    const name = `day-${String(day).padStart(2, '0')}.json`
    return written(join(folder, name), dayText(day, burstsOf(day)))
  })
}
