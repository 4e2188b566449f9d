/** How loud an insight is, in one word. */
export type SeverityWord = 'info' | 'minor' | 'major' | 'critical'

/** The words, mildest first. */
export const SEVERITY_WORDS: readonly SeverityWord[] = ['info', 'minor', 'major', 'critical']

/**
 * The word for a severity of 0 to 100, which is 100 (1 - exp(-score / 6)):
 * `critical` from 90 (once in a million weeks), `major` from 65 (once in ten years), `minor` from 40
 * (once in 21 weeks), `info` below.
 */
export function severityWord(severity: number): SeverityWord {
  if (severity >= 90) return 'critical'
  if (severity >= 65) return 'major'
  return severity >= 40 ? 'minor' : 'info'
}
