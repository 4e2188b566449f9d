import { Fault } from '../../../base/fault.ts'
import type { Db } from './db.ts'
import { prepared } from './prepared.ts'

/** Who holds the store for writing. */
export interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process started, epoch milliseconds: tells it from an earlier one with its number. */
  readonly startedMs: number
  readonly now: () => number
  /** Whether a process of this host lives. */
  readonly isAlive: (pid: number) => boolean
}

interface LockRow {
  readonly pid: number
  readonly host: string
  readonly started_ms: number
  readonly heartbeat_ms: number
}

const STALE_MS = 120_000
const BEAT_MS = 5000

/**
 * The one writer's lock: an advisory row that stands from opening to closing, renewed by work. It is stale, and taken over,
 * when its process is gone from this host or it was not renewed for two minutes. Throws `STORE_LOCKED`.
 */
export class StoreLock {
  readonly #db: Db
  readonly #me: Holder
  #beatMs = Number.NEGATIVE_INFINITY

  constructor(db: Db, me: Holder) {
    this.#db = db
    this.#me = me
  }

  /** Takes the lock or throws, naming who has it. */
  take(): void {
    this.#db
      .transaction(() => {
        const row = this.#row()
        if (row !== undefined && !this.#isStale(row)) throw lockedBy(row, this.#me.now())
        this.#beat()
      })
      .immediate()
  }

  /** Inside a transaction that writes: makes sure the lock is still ours, and renews it now and then. */
  renew(): void {
    this.#check()
    if (this.#me.now() - this.#beatMs >= BEAT_MS) this.#beat()
  }

  /** The same at once: a transaction that writes in any case. */
  beat(): void {
    this.#check()
    this.#beat()
  }

  #check(): void {
    const row = this.#row()
    if (row === undefined || !this.#isMine(row)) {
      const who = row === undefined ? 'nobody' : `process ${row.pid} on ${row.host}`
      throw new Fault(
        'STORE_LOCKED',
        `this run lost the store to ${who} after pausing for more than two minutes; run it again`,
      )
    }
  }

  /** Renews the lock in a transaction of its own, where work takes long without writing. */
  touch(): void {
    if (this.#me.now() - this.#beatMs < BEAT_MS) return
    this.#db.transaction(() => this.renew()).immediate()
  }

  /** Gives the lock back, if it is still ours. */
  release(): void {
    const row = this.#row()
    if (row !== undefined && this.#isMine(row)) prepared(this.#db, 'DELETE FROM lock').run()
  }

  #row(): LockRow | undefined {
    const sql = 'SELECT pid, host, started_ms, heartbeat_ms FROM lock'
    return prepared(this.#db, sql).get() as LockRow | undefined
  }

  #beat(): void {
    const { pid, host, startedMs, now } = this.#me
    this.#beatMs = now()
    const sql = 'INSERT OR REPLACE INTO lock VALUES (1, ?, ?, ?, ?)'
    prepared(this.#db, sql).run(pid, host, startedMs, this.#beatMs)
  }

  #isMine(row: LockRow): boolean {
    const { pid, host, startedMs } = this.#me
    return row.pid === pid && row.host === host && row.started_ms === startedMs
  }

  #isStale(row: LockRow): boolean {
    const { pid, host, now, isAlive } = this.#me
    if (now() - row.heartbeat_ms > STALE_MS) return true
    if (row.host !== host) return false
    return row.pid === pid ? !this.#isMine(row) : !isAlive(row.pid)
  }
}

function lockedBy({ pid, host, started_ms, heartbeat_ms }: LockRow, nowMs: number): Fault {
  const seconds = (fromMs: number) => Math.max(0, Math.round((nowMs - fromMs) / 1000))
  return new Fault(
    'STORE_LOCKED',
    `process ${pid} on ${host} is writing to this store (started ${seconds(started_ms)} s ago, last sign of life ${seconds(heartbeat_ms)} s ago): wait for it or stop it`,
  )
}
