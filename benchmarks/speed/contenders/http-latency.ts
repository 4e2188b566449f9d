import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { allRight, type Load, loadRightly, type Stream, startLoad } from '../http/load-task.ts'
import { lastWord, type Running } from '../http/running.ts'
import {
  holdSlow,
  keepPage,
  LIVE,
  PAGE,
  pageOf,
  type Served,
  serveOurs,
  startRun,
} from '../http/served.ts'
import type { Outcome, Task } from '../measure/sample.ts'
import { removeAt } from './open-scratch.ts'

const WARM_UP_SECONDS = 2
const RUN_SECONDS_AT_MOST = 3_600

/** Some clients ask for pages, others for `/livez`, at the same time. */
const BESIDE: readonly Stream[] = [
  { connections: 2, paths: [PAGE] },
  { connections: 2, paths: [LIVE] },
]
/** One client asks both in turn, so that neither waits for the other. */
const IN_TURN: readonly Stream[] = [{ connections: 1, paths: [PAGE, LIVE] }]

interface Asked {
  readonly server: Served
  readonly streams: readonly Stream[]
  readonly pageFile: string
}

/** How long pages and `/livez` take while a batch run writes to the same store. `sizes.inTurn`: asked in turn. */
export async function httpBesideRun(task: Task): Promise<Outcome> {
  const { folder, scratch = '', sizes, store = '' } = task
  const copy = join(scratch, `beside-${process.pid}.db`)
  copyFileSync(store, copy)
  const asked = await askedOf(copy, scratch, sizes?.['inTurn'] === 1 ? IN_TURN : BESIDE)
  try {
    return { figures: await whileRunning(asked, startRun(copy, folder)) }
  } finally {
    await asked.server.process.stop()
    removeAt(copy)
  }
}

async function whileRunning({ server, ...asked }: Asked, run: Running) {
  const begunMs = performance.now()
  const loading = startLoad({ ...asked, url: server.url, seconds: RUN_SECONDS_AT_MOST })
  const { code, err } = await run.ended
  const runSeconds = (performance.now() - begunMs) / 1000
  const loaded = allRight(lastWord<Load>(await loading.stop()))
  if (code !== 0) throw new Error(`error: the run ended with ${code}: ${err}`)
  return { ...figuresOf(loaded), runSeconds }
}

/** How long they take while `sizes.slow` sockets send a byte of a header now and then. */
export async function httpBesideSlow(task: Task): Promise<Outcome> {
  const { scratch = '', sizes, store = '' } = task
  const { slow = 0, seconds = 1 } = sizes ?? {}
  const { server, ...asked } = await askedOf(store, scratch, BESIDE)
  const slowly = slow > 0 ? await holdSlow(server, slow) : null
  try {
    const loaded = await loadRightly({ ...asked, url: server.url, seconds })
    const { held, cut } = slowly === null ? NONE : lastWord<Held>(await slowly.stop())
    return { figures: { ...figuresOf(loaded), held, cut } }
  } finally {
    await slowly?.stop()
    await server.process.stop()
  }
}

interface Held {
  /** How many were open on average, … */
  readonly held: number
  /** … and how many were cut off and came again. */
  readonly cut: number
}

const NONE: Held = { held: 0, cut: 0 }

async function askedOf(store: string, scratch: string, streams: readonly Stream[]): Promise<Asked> {
  const server = await serveOurs(store)
  const pageFile = keepPage(await pageOf(server), scratch)
  await loadRightly({ url: server.url, pageFile, streams, seconds: WARM_UP_SECONDS })
  return { server, pageFile, streams }
}

function figuresOf({ seconds, paths }: Load) {
  const [page, live] = [paths[PAGE], paths[LIVE]]
  return {
    ...{ seconds, pages: page?.answers ?? 0, lives: live?.answers ?? 0 },
    ...{ pageP50: page?.p50 ?? Number.NaN, pageP99: page?.p99 ?? Number.NaN },
    ...{ liveP50: live?.p50 ?? Number.NaN, liveP99: live?.p99 ?? Number.NaN },
  }
}
