import { safeJson } from '../sink/safe.ts'

/** A result as JSON for people and programs: indented, and safe to print. */
export function jsonText(value: unknown): string {
  return `${safeJson(value, { indent: 2 })}\n`
}
