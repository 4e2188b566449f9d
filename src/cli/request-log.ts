import { pino } from 'pino'
import type { Terminal } from './terminal.ts'

/** The access log: one JSON object a line, on stderr. */
export function requestLog({ err }: Terminal) {
  return pino({ level: 'info', base: null }, { write: err })
}
