import type { Missed } from '../measure/contest.ts'
import type { Offender } from '../measure/offenders.ts'

/** What made noise in so many account-weeks, most of it first, with examples. */
export function offendersText(offenders: readonly Offender[], weeks: number): string {
  return offenders
    .flatMap(({ what, incidents, examples }) => [
      `${(incidents / weeks).toFixed(2)} a week  ${what}\n`,
      ...examples.map((example) => `    ${example}\n`),
    ])
    .join('')
}

/** Attacks that nobody was told of. */
export function missedText(missed: readonly Missed[]): string {
  return [...missed]
    .sort((one, other) => (one.label.kind < other.label.kind ? -1 : 1))
    .map(({ account, label, ageDays }) => {
      const [key = ''] = label.keys
      return `    ${label.kind}: ${account} day ${ageDays.toFixed(1)}, ${key}, ${label.principal}\n`
    })
    .join('')
}
