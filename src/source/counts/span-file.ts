import { readFileSync } from 'node:fs'
import { Fault } from '../../base/fault.ts'
import type { CountSpan } from './count-table.ts'
import { shown } from './counts-fault.ts'
import { utcOf } from './values.ts'

const FORM = '{ "start": "2026-09-07T00:00:00Z", "end": "2026-10-12T00:00:00Z" }'

/** Reads `meta.json`: from when on and up to when counts are complete. Throws `INPUT_NOT_FOUND` or `COUNTS_INVALID`. */
export function readSpanFile(path: string): CountSpan {
  const meta = parsed(path)
  const [startMs, endMs] = [timeOf(meta, 'start', path), timeOf(meta, 'end', path)]
  if (startMs < endMs) return { startMs, endMs }
  throw invalid(path, 'start is not before end: write the end of the last whole bucket')
}

function parsed(path: string): unknown {
  const text = textOf(path)
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw invalid(path, `this is no JSON (${(cause as Error).message}): write ${FORM}`)
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const words = `cannot read ${path}: ${(cause as Error).message}: it says when the counts start and end; write ${FORM}`
    throw new Fault('INPUT_NOT_FOUND', words, { cause })
  }
}

function timeOf(meta: unknown, name: 'start' | 'end', path: string): number {
  const value = (meta as Record<string, unknown> | null)?.[name]
  const timeMs = typeof value === 'string' ? utcOf(value) : null
  if (timeMs !== null) return timeMs
  throw invalid(
    path,
    `"${name}" is ${value === undefined ? 'missing' : shown(String(value))}: write a time in UTC, as in ${FORM}`,
  )
}

function invalid(path: string, words: string): Fault {
  return new Fault('COUNTS_INVALID', `${path}: ${words}`)
}
