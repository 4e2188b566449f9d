import { setImmediate } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import {
  type AccountHistory,
  type DayScores,
  type DaySpan,
  daysToScore,
  type Grid,
  type KnownBaselines,
} from '../../../models/index.ts'
import { lostFault, startThread, threadBeside } from '../worker-thread.ts'
import { daysInTurn, giveUp } from './days-in-turn.ts'
import type { DaysOrder, NumberedOrder, ScoringReply } from './messages.ts'

const THREAD = threadBeside(import.meta.url, 'scoring-thread')
/** Nearly all that scoring makes is garbage at once: room for more of it saves no time. */
const YOUNG_MB = 4
/**
 * Days of series from which threads may be worth what it takes to start and warm one, 1.5 s of CPU: 20 000 are scored in a second
 * where nearly all are sparse, in eight where all are dense.
 */
const LEAST_SERIES_DAYS = 20_000

export interface ScoringOptions {
  /** Threads beside the one that asks; 0: none. */
  readonly threadCount: number
  /** What threads run; the scoring thread unless a test says otherwise. */
  readonly code?: URL
  readonly leastSeriesDays?: number
}

/**
 * Scores days by threads and by the one that asks, whoever comes to a day first: no day needs another's scores. What comes
 * does not depend on who it was. Threads are started when there is work enough.
 */
export class ScoringThreads {
  readonly #options: ScoringOptions
  #threads: readonly Worker[] = []
  #order = 0
  /** What came of the order under way, by day. */
  readonly #scored = new Map<number, DayScores>()
  #failure: { readonly error: unknown } | null = null
  #wake = (): void => {}

  constructor(options: ScoringOptions) {
    this.#options = options
  }

  /**
   * The days of a span in order; what is known of them already is of one day at most, and no thread is told. Throws
   * `WORKER_LOST` where a thread has ended by itself.
   */
  async *score(
    history: AccountHistory,
    span: DaySpan,
    grid: Grid,
    known: KnownBaselines = new Map(),
  ): AsyncGenerator<DayScores> {
    const begun = new Int32Array(new SharedArrayBuffer(4))
    this.#handOut({ history, span, grid, begun })
    const asked = daysToScore(history, span, grid, { known })
    const own = daysInTurn(asked, begun)
    try {
      for (const day of asked.days) {
        while (!this.#scored.has(day)) await this.#goOn(own)
        yield this.#scored.get(day) as DayScores
        this.#scored.delete(day)
      }
    } finally {
      giveUp(asked, begun)
      this.#order += 1
      this.#scored.clear()
    }
  }

  /** Ends the threads, whatever they are at. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.removeAllListeners('exit').terminate()))
    this.#threads = []
  }

  /** Tells threads of days where there are enough of them. */
  #handOut(asked: DaysOrder): void {
    const { threadCount, leastSeriesDays = LEAST_SERIES_DAYS } = this.#options
    const { fromDay, untilDay } = asked.span
    if ((untilDay - fromDay) * asked.history.series.length < leastSeriesDays) return
    if (this.#threads.length < threadCount) {
      this.#threads = Array.from({ length: threadCount }, () => this.#started())
    }
    const order: NumberedOrder = { ...asked, order: this.#order }
    for (const thread of this.#threads) thread.postMessage(order)
  }

  /** Scores a day that nobody has begun with, or waits for the threads where there is none. */
  async #goOn(own: Iterator<DayScores, void>): Promise<void> {
    if (this.#failure !== null) throw this.#failure.error
    const next = own.next()
    if (next.done === true) return this.#news()
    this.#scored.set(next.value.scored.day, next.value)
    // What threads have said meanwhile is heard.
    if (this.#threads.length > 0) await setImmediate()
  }

  #started(): Worker {
    return startThread<ScoringReply>({
      code: this.#options.code ?? THREAD,
      limits: { maxYoungGenerationSizeMb: YOUNG_MB },
      onReply: (reply) => this.#took(reply),
      onLost: (cause) => this.#fail(lostFault('a scoring thread', cause)),
    })
  }

  #took(reply: ScoringReply): void {
    if (reply.kind === 'broken') this.#fail(reply.error)
    else if (reply.order === this.#order) this.#scored.set(reply.day.scored.day, reply.day)
    this.#wake()
  }

  /** The first failure is the one that is told. */
  #fail(error: unknown): void {
    this.#failure ??= { error }
    this.#wake()
  }

  /** Once a thread has said something. */
  #news(): Promise<void> {
    return new Promise((wake) => {
      this.#wake = wake
    })
  }
}
