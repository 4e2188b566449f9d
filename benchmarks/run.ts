import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { optionsOrUsage } from './command-line.ts'
import type { TrailShape } from './shapes.ts'
import type { Bench, Months } from './speed/bench/bench.ts'
import { loadLine, machineLines } from './speed/bench/machine.ts'
import { measureMonths } from './speed/bench/months.ts'
import { findPeers } from './speed/bench/peers.ts'
import { accounts } from './speed/chapters/accounts.ts'
import { growth } from './speed/chapters/growth.ts'
import { http } from './speed/chapters/http.ts'
import { memory } from './speed/chapters/memory.ts'
import { reading } from './speed/chapters/reading.ts'
import { scoring } from './speed/chapters/scoring.ts'
import { store } from './speed/chapters/store.ts'
import { wholeRun } from './speed/chapters/whole-run.ts'
import { type ChapterName, type Options, optionsFrom, USAGE } from './speed/options.ts'
import { type Chapter, chapterData, chapterText } from './speed/report/chapter.ts'
import { type Trail, writeTrail } from './speed/trail/write-trail.ts'

const WRITE: Readonly<Record<ChapterName, (bench: Bench) => Iterable<Chapter>>> = {
  reading,
  run: (bench) => [wholeRun(bench)],
  store: (bench) => [store(bench)],
  scoring: (bench) => [scoring(bench)],
  memory: (bench) => [memory(bench)],
  growth: (bench) => [growth(bench)],
  accounts: (bench) => [accounts(bench)],
  http,
}

const NOT_FULL =
  'Targets speak of --full: at this size starting to run weighs more in every event of ours.\n'

const options = optionsOrUsage(optionsFrom, USAGE)
const scratch = mkdtempSync(join(tmpdir(), 'offtrail-bench-'))
try {
  writeReport(options)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function writeReport({ only, scaleName, rounds, json }: Options): void {
  const say = (text: string) => process.stdout.write(text)
  const bench = benchOf(options)
  const machine = machineLines(bench.peers.versions)
  const loadBefore = loadLine()
  say(`# Speed, ${scaleName} size, medians of ${rounds} interleaved rounds at most\n\n`)
  say([...machine, loadBefore, ''].join('\n'))
  if (scaleName !== 'full') say(NOT_FULL)
  const chapters: Chapter[] = []
  for (const name of only) {
    for (const chapter of WRITE[name](bench)) {
      say(chapterText(chapter))
      chapters.push(chapter)
    }
  }
  const minutes = (performance.now() / 60_000).toFixed(1)
  say(`\n${minutes} minutes; at the end ${loadLine()}\n`)
  const data = { machine, loadBefore, loadAfter: loadLine(), chapters: chapters.map(chapterData) }
  if (json !== null) writeFileSync(json, `${JSON.stringify(data, null, 2)}\n`)
}

function benchOf({ scale, scaleName, rounds, trails }: Options): Bench {
  const root = trails ?? join(scratch, 'trails')
  mkdirSync(root, { recursive: true })
  const written = new Map<string, Trail>()
  let months: Months | undefined
  const bench: Bench = {
    ...{ scale, rounds, scratch, isFull: scaleName === 'full' },
    peers: findPeers(options, scratch),
    hasWorkers: runHelp().includes('--workers'),
    trail(name: string, shape: TrailShape) {
      const trail = written.get(name) ?? writeTrail(name, shape, root)
      written.set(name, trail)
      return trail
    },
    months() {
      months ??= measureMonths(bench)
      return months
    },
  }
  return bench
}

function runHelp(): string {
  const main = fileURLToPath(new URL('../src/main.js', import.meta.url))
  return spawnSync(process.execPath, [main, 'run', '--help'], { encoding: 'utf8' }).stdout
}
