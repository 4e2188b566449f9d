import type { Digest } from '../trail/digest.ts'

/** What a contender is asked to do. */
export interface Task {
  /** Where the trail lies, or what the contender needs else. */
  readonly folder: string
  readonly threads: number
  /** Other whole numbers that it needs. */
  readonly sizes?: Readonly<Record<string, number>>
  /** A store that is there already. */
  readonly store?: string
  /** Where it may write. */
  readonly scratch?: string
}

/** What it brings beside the time it took. */
export interface Outcome {
  readonly digest?: Digest
  /** CPU seconds of its parts, or other figures, by name. */
  readonly figures?: Readonly<Record<string, number>>
  /** Where the work was done by a process of its own: its CPU seconds and, where known, its peak. */
  readonly elsewhere?: { readonly cpuSeconds: number; readonly peakMb?: number }
}

export type Contender = (task: Task) => Outcome | Promise<Outcome>

/** One run of a contender in a process of its own. */
export interface Sample {
  /** User and system time of the whole process while it worked, all threads. */
  readonly cpuSeconds: number
  readonly wallSeconds: number
  /** CPU seconds before it worked: starting Node and loading what it needs. */
  readonly startSeconds: number
  /** Largest resident memory of the process, with Node's own. */
  readonly peakMb: number
  readonly digest: Digest | null
  readonly figures: Readonly<Record<string, number>>
}
