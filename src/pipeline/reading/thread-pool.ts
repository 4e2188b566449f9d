import type { Worker } from 'node:worker_threads'
import type { Fault } from '../../base/fault.ts'
import type { TrailTable } from '../../event/trail-reader.ts'
import { lostFault, startThread, threadBeside } from '../worker-thread.ts'
import type { FileOrder, ThreadReply } from './messages.ts'
import { TableUnpacker } from './packed-tables.ts'

const THREAD = threadBeside(import.meta.url, 'reading-thread')
/** One order being read, and one to go on with: … */
const LEAST_ORDERS = 2
/** … of large files no more, so that this thread finds some to read; of small ones as much as is read while it commits. */
const MOST_ORDERS = 8
const ENOUGH_BYTES = 4 * 1024 * 1024
/** Small files go together, for handing one over costs as much as reading 10 KB. */
const ORDER_FILES = 16
const ORDER_BYTES = 512 * 1024

export interface ThreadPoolOptions {
  readonly threadCount: number
  /** Called now and then while threads are at work; what it throws ends the pool. */
  readonly onAlive: () => void
  /** What threads run; the reading thread unless a test says otherwise. */
  readonly code?: URL
}

/** A file to be read, by whoever comes to it first. */
export interface Job {
  readonly file: FileOrder
  readonly size: number
  /** Told once what it holds. */
  readonly take: (table: TrailTable) => void
  readonly fail: (error: unknown) => void
}

interface Thread {
  readonly worker: Worker
  readonly unpacker: TableUnpacker
  /** Under way, in the order of the replies. */
  readonly orders: (readonly Job[])[]
}

/**
 * Threads that read whole files and share nothing: each has a scanner of its own, takes small files several at a time,
 * and hands its tables over without copying them. Which thread reads a file makes no difference to its table.
 */
export class ThreadPool {
  readonly #threads: readonly Thread[]
  readonly #waiting: Job[] = []
  readonly #onAlive: () => void
  #failure: { readonly error: unknown } | null = null

  constructor({ threadCount, onAlive, code = THREAD }: ThreadPoolOptions) {
    this.#onAlive = onAlive
    this.#threads = Array.from({ length: threadCount }, () => this.#started(code))
  }

  /** Rejects with `WORKER_LOST` where a thread has ended by itself, whatever file it was about. */
  read(file: FileOrder, size: number): Promise<TrailTable> {
    const table = new Promise<TrailTable>((take, fail) => {
      this.#waiting.push({ file, size, take, fail })
    })
    // Whoever asked may have gone when it fails.
    table.catch(() => {})
    if (this.#failure === null) this.#handOut()
    else this.#fail(this.#failure.error)
    return table
  }

  /** Gives back the next file that no thread has begun with, for the caller to read; `null`: all are under way. */
  takeBack(): Job | null {
    return this.#waiting.shift() ?? null
  }

  /** Ends the threads, whatever they are at. */
  async close(): Promise<void> {
    this.#fail(new Error('the pool is closed'))
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
  }

  #started(code: URL): Thread {
    const worker = startThread<ThreadReply>({
      code,
      onReply: (reply) => this.#took(thread, reply),
      onLost: (cause) => this.#fail(lostReader(cause, thread.orders[0])),
    })
    const thread: Thread = { worker, unpacker: new TableUnpacker(), orders: [] }
    return thread
  }

  #took(thread: Thread, reply: ThreadReply): void {
    try {
      if (reply.kind === 'broken') throw reply.error
      if (reply.kind === 'read')
        settle(thread.orders.shift() ?? [], thread.unpacker.unpack(reply.tables))
      this.#onAlive()
      this.#handOut()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Orders go to whoever has the fewest, as long as anybody has room. */
  #handOut(): void {
    while (this.#waiting.length > 0) {
      const [idlest] = this.#threads
        .filter((thread) => this.#hasRoom(thread))
        .sort((one, other) => one.orders.length - other.orders.length)
      if (idlest === undefined) return
      const jobs = this.#nextOrder()
      idlest.orders.push(jobs)
      idlest.worker.postMessage(jobs.map(({ file }) => file))
    }
  }

  #hasRoom({ orders }: Thread): boolean {
    if (orders.length < LEAST_ORDERS) return true
    if (orders.length >= MOST_ORDERS || this.#waiting.length < ORDER_FILES) return false
    return orders.flat().reduce((sum, { size }) => sum + size, 0) < ENOUGH_BYTES
  }

  #nextOrder(): readonly Job[] {
    let bytes = 0
    const enough = this.#waiting.findIndex(({ size }, at) => {
      bytes += size
      return at > 0 && (at >= ORDER_FILES || bytes > ORDER_BYTES)
    })
    return this.#waiting.splice(0, enough < 0 ? this.#waiting.length : enough)
  }

  /** The first failure is everybody's. */
  #fail(error: unknown): void {
    this.#failure ??= { error }
    const jobs = [...this.#threads.flatMap(({ orders }) => orders.flat()), ...this.#waiting]
    for (const { fail } of jobs) fail(this.#failure.error)
    this.#waiting.length = 0
    for (const { orders } of this.#threads) orders.length = 0
  }
}

function settle(jobs: readonly Job[], tables: readonly TrailTable[]): void {
  for (const [at, { take }] of jobs.entries()) take(tables[at] as TrailTable)
}

function lostReader(cause: unknown, order: readonly Job[] = []): Fault {
  const names = order.map(({ file }) => Buffer.from(file.place.latin1, 'latin1').toString())
  const where = names.length === 0 ? '' : ` while it read ${names.join(', ')}`
  return lostFault('a reading thread', cause, where)
}
