import { Fault } from '../base/fault.ts'
import type { Inbox } from '../source/inbox.ts'
import type { S3Queue } from '../source/s3-queue.ts'
import type { Source } from '../source/source.ts'
import type { Batch } from '../source/sqs/batch.ts'
import { addQueueTally, emptyQueueTally, type QueueTally } from '../source/sqs/tally.ts'
import type { Store } from '../store/store.ts'
import { withInbox } from './inbox.ts'
import { type RunOptions, type RunReport, run } from './run.ts'

export interface WatchOptions extends RunOptions {
  /** Scores and delivers at most so often; of no meaning with `untilEmpty`. */
  readonly everyMs: number
  /** Read at the end of each run, which one begins for where nothing is announced. */
  readonly inbox: Inbox
  /** Scores once, when there is no message any more, and ends. */
  readonly untilEmpty: boolean
  readonly isStopped: () => boolean
  readonly sleep: (ms: number) => Promise<void>
  /** Called with the messages of the run so far, when some of them are settled. */
  readonly onMessages?: (messages: QueueTally) => void
  /** Called after each run with what it did. */
  readonly onRun: (report: WatchReport) => Promise<void>
  /** Called where the queue does not answer, and is asked again. */
  readonly onSilence: (fault: Fault) => void
}

/** A run over what a queue announced. */
export interface WatchReport extends RunReport {
  readonly messages: QueueTally
}

const POLL_SECONDS = 20
/** Any waiting at all has every server of the queue asked, so that nothing means nothing. */
const GLANCE_SECONDS = 1
const PAUSE_MS = 10_000
const ALIVE_MS = 15_000

/**
 * Reads what a queue announces, run after run, until it is told to stop or the queue is empty. A message is deleted once all
 * of its objects are committed and on the disk; a crash before brings it again, and what was committed is known then. The
 * first run comes at once, for what a killed one left unscored. The caller holds the store's lock. Throws what the queue
 * throws (`INPUT_NOT_FOUND`, `AWS_ACCESS`; `AWS_UNREACHABLE` only where it ends by itself).
 */
export async function watch(queue: S3Queue, store: Store, options: WatchOptions): Promise<void> {
  const alive = setInterval(() => stayAlive(store), ALIVE_MS)
  try {
    let scoredMs = options.now()
    let first = await receive(queue, options, GLANCE_SECONDS)
    for (;;) {
      const round = new Round(queue, store, { ...options, scoredMs })
      const sources = withInbox(round.sources(first), options.inbox, store, options.settings)
      const report = await run(sources, store, options)
      await options.onRun({ ...report, messages: round.tally })
      if (options.untilEmpty) return
      scoredMs = options.now()
      first = null
      let isPushed = false
      while (first === null && !isPushed && !options.isStopped()) {
        first = await receive(queue, options, POLL_SECONDS)
        const isTime = options.now() - scoredMs >= options.everyMs
        isPushed = isTime && !(await options.inbox.isEmpty())
      }
      if (options.isStopped() && first === null) return
    }
  } finally {
    clearInterval(alive)
  }
}

/** The batches of one run. */
class Round {
  tally: QueueTally = emptyQueueTally
  readonly #queue: S3Queue
  readonly #store: Store
  readonly #options: WatchOptions & { readonly scoredMs: number }

  constructor(queue: S3Queue, store: Store, options: WatchOptions & { readonly scoredMs: number }) {
    this.#queue = queue
    this.#store = store
    this.#options = options
  }

  /** Asked for the next one, a batch is committed. */
  async *sources(first: Batch | null): AsyncGenerator<Source> {
    const startedMs = this.#options.now()
    for (let batch = first; batch !== null; batch = await this.#next(startedMs)) {
      try {
        yield batch.source
        this.#store.flush()
        this.tally = addQueueTally(this.tally, await batch.settle())
        this.#options.onMessages?.(this.tally)
      } finally {
        batch.end()
      }
    }
  }

  /** Null: it is time to score. */
  async #next(startedMs: number): Promise<Batch | null> {
    const { now, everyMs, untilEmpty, isStopped, scoredMs } = this.#options
    if (!untilEmpty && now() - startedMs >= everyMs) return null
    let batch = await receive(this.#queue, this.#options, GLANCE_SECONDS)
    while (batch === null && !untilEmpty && !isStopped()) {
      const seconds = Math.ceil((scoredMs + everyMs - now()) / 1000)
      if (seconds <= 0) return null
      batch = await receive(this.#queue, this.#options, Math.min(seconds, POLL_SECONDS))
    }
    return batch
  }
}

async function receive(
  queue: S3Queue,
  { untilEmpty, isStopped, onSilence, sleep }: WatchOptions,
  seconds: number,
): Promise<Batch | null> {
  for (;;) {
    try {
      return await queue.receive(seconds)
    } catch (error) {
      const isSilence = error instanceof Fault && error.code === 'AWS_UNREACHABLE'
      if (!isSilence || untilEmpty) throw error
      onSilence(error)
      await sleep(PAUSE_MS)
      if (isStopped()) return null
    }
  }
}

/** That the lock is lost, the next write says. */
function stayAlive(store: Store): void {
  try {
    store.touch()
  } catch {}
}
