import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/base/fault.ts'
import { simulate } from '../../src/simulate/simulate.ts'
import { localFiles } from '../../src/source/local-files.ts'
import type { Source } from '../../src/source/source.ts'
import { canonicalHash } from '../../src/store/canonical.ts'
import {
  dayText,
  entriesOf,
  insightsOf,
  listing,
  runOver,
  temporaryFolder,
  withStore,
  written,
} from '../support/pipeline-world.ts'

const [NONE, TWO, FOUR] = [1, 2, 4]

/** Files of two accounts, and among them some that are damaged, foreign, or say the same again. */
function writeTrail(): string {
  const folder = temporaryFolder()
  const shape = { seed: 11, days: 3, accounts: 2, scale: 0.1 }
  const { files } = simulate({ ...shape, startMs: Date.UTC(2026, 8, 7) })
  let at = 0
  for (const { key, text } of files()) {
    const stored = gzipSync(text)
    written(join(folder, key), at % 9 === 4 ? stored.subarray(0, -9) : stored)
    if (at % 9 === 5) written(join(folder, 'again', key), stored)
    if (at % 9 === 6) written(join(folder, `${key}.txt`), 'no trail')
    at += 1
  }
  return folder
}

async function stateOf(folder: string, workers: number) {
  return withStore(join(temporaryFolder(), 'store.db'), async (store) => {
    const { ingest } = await runOver(store, folder, { workers })
    const ledger = store.ledger({}).map(({ key, outcome, tally }) => ({ key, outcome, tally }))
    return { ingest, ledger, insights: insightsOf(store), hash: canonicalHash(store) }
  })
}

describe('run', () => {
  it('reports, counts and finds the same with any number of workers', async () => {
    const folder = writeTrail()
    const alone = await stateOf(folder, NONE)
    expect(alone.ingest.troubles.length).toBeGreaterThan(2)
    expect(alone.ingest.tally.duplicate).toBeGreaterThan(0)
    expect(alone.ingest.objects.skipped).toBeGreaterThan(2)
    expect(await stateOf(folder, TWO)).toEqual(alone)
    expect(await stateOf(folder, FOUR)).toEqual(alone)
  })

  it('counts a file once that is listed twice, whoever reads it', async () => {
    const folder = temporaryFolder()
    for (let day = 0; day < 20; day++) written(join(folder, `${day}.json`), dayText(day))
    const entries = await entriesOf(localFiles([folder]))
    const twice = listing(entries.flatMap((entry) => [entry, entry]))
    for (const workers of [NONE, TWO]) {
      await withStore(join(temporaryFolder(), 'store.db'), async (store) => {
        const { ingest } = await runOver(store, twice, { workers })
        expect(ingest.objects).toMatchObject({ done: 20, unchanged: 20 })
        expect(ingest.tally).toMatchObject({ counted: 20 * 144, duplicate: 0 })
      })
    }
  })

  it('keeps what was listed before listing fails, and goes on from there', async () => {
    const folder = temporaryFolder()
    for (let day = 0; day < 20; day++) written(join(folder, `${day}.json`), dayText(day))
    const entries = await entriesOf(localFiles([folder]))
    const broken: Source = {
      title: 'a test',
      async *list() {
        yield* entries.slice(0, 12)
        throw new Fault('AWS_UNREACHABLE', 'gone')
      },
    }
    for (const workers of [NONE, TWO]) {
      await withStore(join(temporaryFolder(), 'store.db'), async (store) => {
        await expect(runOver(store, broken, { workers })).rejects.toThrow('gone')
        expect(store.totals().counted).toBe(12 * 144)
        const { ingest } = await runOver(store, folder, { workers })
        expect(ingest.objects).toMatchObject({ done: 8, unchanged: 12 })
      })
    }
  })
})
