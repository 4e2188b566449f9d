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
