import { pino } from 'pino'
import type { Audit } from '../http/access/audit.ts'
import type { Terminal } from './terminal.ts'

/** The access log: one JSON object a line, on stderr. */
export function requestLog({ err }: Terminal) {
  return pino({ level: 'info', base: null }, { write: err })
}

/** Takes down each write over HTTP: one JSON object a line, on stderr, whether requests are logged or not. */
export function auditLog(terminal: Terminal): Audit {
  const log = requestLog(terminal)
  return (audit) => log.info({ audit }, 'write')
}
