import { type Load, loadRightly } from '../http/load-task.ts'
import { cpuSecondsOfProcess } from '../http/running.ts'
import { keepPage, PAGE, pageOf, type Served, serveBare, serveOurs } from '../http/served.ts'
import type { Outcome, Task } from '../measure/sample.ts'

const CONNECTIONS = 10
const WARM_UP_SECONDS = 2

/** How many pages a second our server answers. */
export async function httpRateOurs({ store = '', scratch = '', sizes }: Task): Promise<Outcome> {
  const server = await serveOurs(store)
  try {
    return await rateOf(server, keepPage(await pageOf(server), scratch), sizes)
  } finally {
    await server.process.stop()
  }
}

/** The peer: a bare Fastify route that has the very bytes at hand. */
export async function httpRateBare({ store = '', scratch = '', sizes }: Task): Promise<Outcome> {
  const ours = await serveOurs(store)
  const pageFile = keepPage(await pageOf(ours), scratch)
  await ours.process.stop()
  const server = await serveBare(pageFile)
  try {
    return await rateOf(server, pageFile, sizes)
  } finally {
    await server.process.stop()
  }
}

async function rateOf(
  { url, process: { pid } }: Served,
  pageFile: string,
  sizes: Task['sizes'],
): Promise<Outcome> {
  const task = { url, pageFile, streams: [{ connections: CONNECTIONS, paths: [PAGE] }] }
  await loadRightly({ ...task, seconds: WARM_UP_SECONDS })
  const before = cpuSecondsOfProcess(pid)
  const loaded = await loadRightly({ ...task, seconds: sizes?.['seconds'] ?? 1 })
  const cpuSeconds = cpuSecondsOfProcess(pid) - before
  return { elsewhere: { cpuSeconds }, figures: figuresOf(loaded, cpuSeconds) }
}

function figuresOf({ seconds, paths }: Load, cpuSeconds: number) {
  const { answers = 0, p50 = Number.NaN, p99 = Number.NaN } = paths[PAGE] ?? {}
  return {
    ...{ perSecond: answers / seconds, cpuUs: (cpuSeconds / answers) * 1e6, p50, p99 },
    answers,
  }
}
