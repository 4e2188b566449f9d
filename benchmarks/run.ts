import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { localFiles, openStore, readTrailFile, run, settingsFrom, simulate } from '../src/index.ts'
import { SHAPES } from './shapes.ts'

const ROUNDS = 3
const root = mkdtempSync(join(tmpdir(), 'offtrail-bench-'))
const settings = settingsFrom(null)

/** CPU seconds (user and system) of a piece of work. */
async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function writeTrail(shape: (typeof SHAPES)[keyof typeof SHAPES]): {
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

/** The peer: what anyone would write. */
function parseAndCount(paths: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const { Records } = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'))
    for (const record of Records) {
      const key = `${record.recipientAccountId} ${record.awsRegion} ${record.eventSource} ${record.eventName} ${record.errorCode} ${record.eventTime.slice(0, 16)}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return counts.size
}

async function readAll(paths: readonly string[]): Promise<void> {
  const context = { account: null, stampMs: null, limits: settings.limits }
  for await (const entry of localFiles(paths).list()) {
    if (entry.kind === 'object') await readTrailFile(entry.open(), context, () => {})
  }
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
  `${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}\n`,
)
for (const [name, shape] of Object.entries(SHAPES)) {
  const { paths, events } = writeTrail(shape)
  const work = {
    'gunzip + JSON.parse + count (peer)': () => parseAndCount(paths),
    'read: bytes to calls': () => readAll(paths),
    'whole run: read, count, store, learn, score, decide': wholeRun,
  }
  const seconds = new Map(Object.keys(work).map((title) => [title, [] as number[]]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [title, piece] of Object.entries(work))
      seconds.get(title)?.push(await cpuSeconds(piece))
  }
  const peer = median([...seconds.values()][0] ?? [])
  process.stdout.write(
    `\n${name}: ${events} events in ${paths.length} files; CPU, medians of ${ROUNDS} interleaved rounds\n`,
  )
  for (const [title, rounds] of seconds) {
    const middle = median(rounds)
    const perEvent = ((middle / events) * 1e6).toFixed(1)
    process.stdout.write(
      `  ${title.padEnd(52)} ${middle.toFixed(2)} s  ${perEvent} us/event  ${(middle / peer).toFixed(2)} x the peer\n`,
    )
  }
  rmSync(join(root, 'AWSLogs'), { recursive: true })
}
process.stdout.write(`\nresident memory ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB\n`)
rmSync(root, { recursive: true })
