import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { localFiles, openStore, run, settingsFrom, simulate } from '../src/index.ts'
import { FILE_SIZES, SHAPES } from './shapes.ts'
import { interleaved, linesOf } from './speed/measure.ts'
import { parseAndCount } from './speed/peer.ts'
import { reading } from './speed/reading.ts'
import { recordTexts, writeTrail } from './speed/trail.ts'

const ROUNDS = 3
const READING_ROUNDS = 7
const root = mkdtempSync(join(tmpdir(), 'offtrail-bench-'))
const settings = settingsFrom(null)

function writeDelivered(shape: (typeof SHAPES)[keyof typeof SHAPES]): {
  paths: string[]
  events: number
} {
  const paths: string[] = []
  let events = 0
  for (const file of simulate({ seed: 3, startMs: Date.UTC(2026, 8, 7), ...shape }).files()) {
    const path = join(root, file.key)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, gzipSync(file.text))
    paths.push(path)
    events += file.events
  }
  return { paths, events }
}

let stores = 0
async function wholeRun(): Promise<void> {
  const path = join(root, `store-${stores++}.db`)
  const store = openStore(path, {
    pid: process.pid,
    host: 'bench',
    isAlive: () => true,
    now: () => Date.now(),
  })
  await run([localFiles([join(root, 'AWSLogs')])], store, {
    settings,
    account: null,
    asOfMs: null,
    deliverSinceMs: null,
    sinks: [],
    now: () => Date.now(),
  })
  store.close()
}

process.stdout.write(
  `${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}; CPU, medians of interleaved rounds\n`,
)
for (const [name, sizes] of Object.entries(FILE_SIZES)) {
  const folder = join(root, name)
  const { paths, eventCount, rawBytes, storedBytes } = writeTrail(folder, recordTexts(3), sizes)
  const [raw, stored] = [rawBytes, storedBytes].map((bytes) => (bytes / eventCount).toFixed(0))
  process.stdout.write(
    `\nreading, ${name}: ${eventCount} events in ${paths.length} files, ${raw} bytes an event, ${stored} stored\n`,
  )
  process.stdout.write(
    linesOf(await interleaved(reading(folder, paths), READING_ROUNDS), eventCount),
  )
  rmSync(folder, { recursive: true })
}
for (const [name, shape] of Object.entries(SHAPES)) {
  const { paths, events } = writeDelivered(shape)
  process.stdout.write(`\nwhole runs, ${name}: ${events} events in ${paths.length} files\n`)
  const work = {
    'gunzip + JSON.parse + count (peer)': () => parseAndCount(paths),
    'whole run: read, count, store, learn, score, decide': wholeRun,
  }
  process.stdout.write(linesOf(await interleaved(work, ROUNDS), events))
  rmSync(join(root, 'AWSLogs'), { recursive: true })
}
process.stdout.write(`\nresident memory ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB\n`)
rmSync(root, { recursive: true })
