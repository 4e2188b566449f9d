import type { Terminal } from './terminal.ts'

/** What commands get beside their own options: the terminal, and a way to end with another code than 0. */
export interface House {
  readonly terminal: Terminal
  exitWith(code: number): void
}
