import { figure } from './table.ts'

/** What the project promised itself, and what was measured. */
export interface Target {
  readonly what: string
  readonly limit: number
  /** Whether the figure must be at least the limit, or at most. */
  readonly bound: 'least' | 'most'
  readonly measured: number
  readonly unit: string
}

/** A figure that is not a number is a miss: nothing was shown. */
export function isMet({ limit, bound, measured }: Target): boolean {
  return bound === 'least' ? measured >= limit : measured <= limit
}

/** One line: what was asked, what was measured, and whether that is enough. */
export function targetLine(target: Target): string {
  const { what, limit, bound, measured, unit } = target
  const sign = bound === 'least' ? '>=' : '<='
  const word = isMet(target) ? 'met   ' : 'MISSED'
  return `${word}  ${what}: ${figure(measured)} ${unit} (asked: ${sign} ${figure(limit)})\n`
}
