import type { Scale, TrailShape } from '../../shapes.ts'
import type { Row } from '../measure/interleaved.ts'
import type { Trail } from '../trail/write-trail.ts'
import type { Peers } from './peers.ts'

/** What every chapter works with. */
export interface Bench {
  readonly scale: Scale
  readonly isFull: boolean
  readonly rounds: number
  readonly peers: Peers
  /** Whether `offtrail run` can read with several threads. */
  readonly hasWorkers: boolean
  /** A folder to write in. */
  readonly scratch: string
  /** Writes a trail, once. */
  readonly trail: (name: string, shape: TrailShape) => Trail
  /** Whole runs on months, measured once for all chapters. */
  readonly months: () => Months
}

/** A trail and what whole runs on it took. */
export interface MonthRun {
  readonly times: number
  readonly trail: Trail
  readonly run: Row
}

/** Whole runs on the same account's month, with one, four and sixteen times the calls. */
export interface Months {
  readonly runs: readonly MonthRun[]
  /** At four times: counting alone, … */
  readonly count: Row
  /** … the run with two threads that read, where there are threads, … */
  readonly twoWorkers: Row | null
  /** … runs as a schedule starts them, … */
  readonly scheduled: Row
  /** … and a month in which every event has a caller and an agent of its own. */
  readonly strangers: MonthRun
}
