import type { Readable } from 'node:stream'

/** This program at work once more, in a process of its own. */
export interface Again {
  /** Its exit code (null: ended by a signal), and what it said on stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly err: string }>
  /** Asks it to stop. */
  stop(): void
}

/** What the command line is given of the process: handed in, so that commands run anywhere. */
export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void
  /** Progress, warnings, errors. */
  readonly err: (text: string) => void
  readonly input: Readable
  readonly outIsTerminal: boolean
  readonly errIsTerminal: boolean
  /** Columns of the terminal; 120 where there is none. */
  readonly width: number
  readonly colour: boolean
  readonly cwd: string
  /** An environment variable. */
  readonly variable: (name: string) => string | undefined
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly random: () => number
  /** Version of Node.js: `20.19.0`. */
  readonly nodeVersion: string
  readonly pid: number
  readonly host: string
  /** Processor cores at its disposal. */
  readonly cores: number
  /** Is this process of this host still there? */
  readonly isAlive: (pid: number) => boolean
  /** Calls back once when the user or the system asks to stop. */
  readonly onStop: (stop: () => void) => void
  /** Starts this program once more. */
  readonly again: (args: readonly string[]) => Again
  /** Resident memory, bytes. */
  readonly residentBytes: () => number
}

/** Where long lines are cut: at a terminal's edge; elsewhere they stay whole (null). */
export function cutAt({ outIsTerminal, width }: Terminal): number | null {
  return outIsTerminal ? width : null
}
