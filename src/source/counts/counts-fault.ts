import { Fault } from '../../base/fault.ts'

/** Where in a file of counts something is wrong. Lines count from 1. */
export interface Place {
  readonly path: string
  readonly line: number
}

const SHOWN_LENGTH = 80

/** A fault of a file of counts: `counts.csv:12: what is wrong: what to do`. */
export function countsFault({ path, line }: Place, words: string): Fault {
  return new Fault('COUNTS_INVALID', `${path}:${line}: ${words}`)
}

/** Foreign text in a message: in quotes, and not endless. */
export function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text)
}
