/** How loud an insight is, in one word. */
export type SeverityWord = 'info' | 'minor' | 'major' | 'critical'

/** The words, mildest first. */
export const SEVERITY_WORDS: readonly SeverityWord[] = ['info', 'minor', 'major', 'critical']

/**
 * The word for a severity of 0 to 100, which is 100 (1 - exp(-surprise / 6)), the surprise uncalibrated:
 * `critical` from 90 (a surprise of 13.8), `major` from 65 (6.3), `minor` from 40 (3.1), `info` below.
 */
export function severityWord(severity: number): SeverityWord {
  if (severity >= 90) return 'critical'
  if (severity >= 65) return 'major'
  return severity >= 40 ? 'minor' : 'info'
}
