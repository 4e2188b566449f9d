import type { ObjectCommit, Store, Tally } from '../store.ts'
import { pendingRows } from './counts/delta.ts'
import { foldPending } from './counts/fold.ts'
import type { Db } from './file/db.ts'
import { faultOf, withFaults } from './file/fault-of.ts'
import { StoreLock } from './file/lock.ts'
import { openForWriting } from './file/open-database.ts'
import { prepared } from './file/prepared.ts'
import { commitDays, commitDetection } from './intake/commit-detection.ts'
import { commitObjects } from './intake/commit-object.ts'
import { clearDesk, type Desk, emptyRooms } from './intake/desk.ts'
import { readerParts } from './reader-parts.ts'
import { noteDebt } from './rows/accounts.ts'
import { putCoverage } from './rows/coverage.ts'
import { ledgerRow } from './rows/ledger.ts'
import { replaceInsights } from './rows/replace-insights.ts'
import { runWriterOf } from './rows/runs.ts'
import { actorRulesOf, adoptRules, DEFAULT_ACTOR_CAP, DEFAULT_WINDOW_MINUTES } from './rules.ts'

export interface StoreOptions {
  /** This process, for the lock: its number, its host, and when it started (epoch milliseconds). */
  readonly pid: number
  readonly host: string
  readonly startedMs?: number
  /** Whether a process of this host lives. */
  readonly isAlive: (pid: number) => boolean
  /** Wall clock, for the lock alone. */
  readonly now: () => number
  /** The detection window; 5 unless said otherwise. */
  readonly windowMinutes?: number
  /** Distinct actor values counted per series, kind and window; 1000 unless said otherwise. */
  readonly actorCap?: number
  /** Events held in memory for de-duplication at most. */
  readonly seenLimit?: number
  /** Pending changes at which they are folded into the days. */
  readonly foldAt?: number
}

/** About 18 MB: a day that comes back is loaded again, in a fiftieth of the time that its files took. */
const SEEN_LIMIT = 500_000
/** The newest days of most accounts: the next batch of a watch loads nothing again. */
const SEEN_AT_REST = 100_000
const FOLD_AT = 150_000

/**
 * Opens the store for writing, and makes it where there is none. One process at a time: throws `STORE_LOCKED`, or
 * `STORE_DAMAGED`, `STORE_VERSION`, `STORAGE_FAILED`, `SETTINGS_INVALID` where the store was made by other rules.
 */
export function openStore(path: string, options: StoreOptions): Store {
  try {
    const db = openForWriting(path)
    try {
      return withFaults(path, writerOver(db, options))
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw faultOf(error, path)
  }
}

function writerOver(db: Db, options: StoreOptions): Store {
  const { windowMinutes = DEFAULT_WINDOW_MINUTES, actorCap = DEFAULT_ACTOR_CAP } = options
  const { foldAt = FOLD_AT, seenLimit = SEEN_LIMIT } = options
  const lock = lockOver(db, options, () => adoptRules(db, { windowMinutes, actorCap }))
  const rules = actorRulesOf(db)
  let desk = clearDesk(db, rules, seenLimit)
  /** Whether the store may hold pending changes that are not at hand. */
  let mayHoldMore = true

  /** One transaction; when it fails, what was remembered from it is forgotten. */
  const write = <Answer>(work: (desk: Desk) => Answer): Answer => {
    try {
      return db
        .transaction(() => {
          lock.renew()
          return work(desk)
        })
        .immediate()
    } catch (error) {
      desk = clearDesk(db, rules, seenLimit)
      mayHoldMore = true
      throw error
    }
  }
  const fold = () => {
    const { delta } = desk.changes
    foldPending(db, mayHoldMore ? pendingRows(db) : delta.rows(), rules)
    delta.clear()
    desk.pastCap.forget()
    mayHoldMore = false
  }
  /** The same, with nothing pending. */
  const writeFolded = (work: (desk: Desk) => void): void =>
    write((open) => {
      if (mayHoldMore || !open.changes.delta.isEmpty) fold()
      work(open)
    })
  const takeIn = (commits: readonly ObjectCommit[]): readonly Tally[] =>
    write((open) => {
      const tallies = commitObjects(commits, open)
      if (mayHoldMore || open.changes.delta.size >= foldAt) fold()
      return tallies
    })
  const runs = runWriterOf(db)

  return {
    ...readerParts(db, rules),
    ledgerRow: (source, key) => ledgerRow(db, source, key),
    commitObject: (commit) => takeIn([commit])[0] as Tally,
    commitObjects: (commits) => oneByOneAtFailure(commits, takeIn),
    raiseWatermarks: (untilMs) => write(() => raiseWatermarks(db, untilMs)),
    oweScoring: (account, fromMinute) => write(() => noteDebt(db, account, Math.floor(fromMinute))),
    putCoverage: (words) =>
      write(() => {
        for (const word of words) putCoverage(db, word)
      }),
    commitDays: (days, untilDay) =>
      writeFolded((open) => commitDays(days, untilDay, open, windowMinutes)),
    commitDetection: (commit) =>
      writeFolded((open) => commitDetection(commit, open, windowMinutes)),
    replaceInsights: (account, insights) => write(() => replaceInsights(db, account, insights)),
    delivered: (sink, marks) => runs.delivered(sink, marks),
    markDelivered: (sink, marks) => write(() => runs.markDelivered(sink, marks)),
    beginRun: (startedMs) => write(() => runs.beginRun(startedMs)),
    finishRun: (id, finishedMs, report) =>
      writeFolded(() => runs.finishRun(id, finishedMs, report)),
    setMeta: (name, value) => write(() => runs.setMeta(name, value)),
    rest: () => {
      writeFolded(() => {})
      desk.seen.trim(SEEN_AT_REST)
      desk = { ...desk, ...emptyRooms() }
    },
    touch: () => lock.touch(),
    flush: () => synced(db, () => lock.beat()),
    close() {
      try {
        lock.release()
      } finally {
        db.close()
      }
    },
  }
}

/** Takes the lock; where the first thing to do with it fails, gives it back. */
function lockOver(db: Db, options: StoreOptions, first: () => void): StoreLock {
  const lock = new StoreLock(db, { startedMs: Math.round(performance.timeOrigin), ...options })
  lock.take()
  try {
    db.transaction(first).immediate()
    return lock
  } catch (error) {
    lock.release()
    throw error
  }
}

/** What fails takes nothing along: those before it stand. */
function oneByOneAtFailure<One, Answer>(
  all: readonly One[],
  work: (some: readonly One[]) => readonly Answer[],
): readonly Answer[] {
  try {
    return work(all)
  } catch (error) {
    if (all.length < 2) throw error
    return all.flatMap((one) => work([one]))
  }
}

/** A commit that is synced takes those before it in the log along. */
function synced(db: Db, work: () => void): void {
  // A kept statement would not set this again.
  db.pragma('synchronous = FULL')
  try {
    db.transaction(work).immediate()
  } finally {
    db.pragma('synchronous = NORMAL')
  }
}

function raiseWatermarks(db: Db, untilMs: number): void {
  prepared(db, RAISE).run(Math.floor(untilMs))
}

const RAISE = 'UPDATE watermark SET watermark_ms = max(watermark_ms, ?)'
