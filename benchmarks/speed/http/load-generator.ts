import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import { percentile } from '../measure/statistics.ts'
import { type Check, sameAs } from './expected.ts'
import type { Load, LoadTask, Stream } from './load-task.ts'
import { LIVE, PAGE } from './served.ts'

// autocannon in a process of its own: load-generator.js TASK.
const task: LoadTask = JSON.parse(process.argv[2] ?? '')
const checks: Readonly<Record<string, Check>> = {
  [PAGE]: sameAs(readFileSync(task.pageFile, 'utf8')),
  [LIVE]: sameAs('{"status":"live"}'),
}
/** What our server answers on one connection at most. autocannon neither times nor checks the last answer before a new one. */
const REQUESTS_A_CONNECTION = 1_000

const times = new Map<string, number[]>()
const wrong = new Map<string, number>()
const begunMs = performance.now()
const errors = await Promise.all(task.streams.map(ask))
const load: Load = {
  seconds: (performance.now() - begunMs) / 1000,
  errors: errors.reduce((sum, count) => sum + count, 0),
  paths: Object.fromEntries(
    [...times].map(([path, timesMs]) => [
      path,
      {
        ...{ answers: timesMs.length, wrong: wrong.get(path) ?? 0 },
        ...{ p50: percentile(timesMs, 0.5), p99: percentile(timesMs, 0.99) },
      },
    ]),
  ),
}
process.stdout.write(`${JSON.stringify(load)}\n`, () => process.exit(0))

function ask({ connections, paths }: Stream): Promise<number> {
  // autocannon tells a request's body first, then, in the same turn, how long it took.
  let told = ''
  const requests = paths.map((path) => ({
    method: 'GET' as const,
    path,
    onResponse: (status: number, body: string) => {
      told = path
      if (checks[path]?.(status, body) !== true) wrong.set(path, (wrong.get(path) ?? 0) + 1)
    },
  }))
  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        ...{ url: task.url, connections, duration: task.seconds, requests },
        ...{ sampleInt: 50, reconnectRate: REQUESTS_A_CONNECTION },
      },
      (error, result) => (error === null ? resolve(result.errors) : reject(error)),
    )
    instance.on('response', (_client: unknown, _status: number, _bytes: number, ms: number) => {
      const known = times.get(told)
      if (known === undefined) times.set(told, [ms])
      else known.push(ms)
    })
    process.once('SIGTERM', () => instance.stop())
  })
}
