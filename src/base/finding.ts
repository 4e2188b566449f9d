/** One thing `offtrail doctor` looked at. */
export interface Finding {
  /** What was checked, in a word. */
  readonly check: string
  /** Which one of its kind: an address, a name, an account and Region; null: there is one. */
  readonly place: string | null
  /** `warn`: it works, or may; `fail`: it does not. */
  readonly state: FindingState
  readonly words: string
  /** What to do; null: nothing, or the words say it. */
  readonly remedy: string | null
}

/** From good to bad. */
export const FINDING_STATES = ['ok', 'warn', 'fail'] as const
export type FindingState = (typeof FINDING_STATES)[number]

/** What is looked at, before anything is known of it. */
export type Checked = Pick<Finding, 'check' | 'place'>

/** All is well. */
export const fine = (of: Checked, words: string): Finding => ({
  ...{ ...of, state: 'ok', words, remedy: null },
})

/** It works, or may; somebody should look. */
export const doubtful = (of: Checked, words: string, remedy: string | null = null): Finding => ({
  ...{ ...of, state: 'warn', words, remedy },
})

/** It does not work. */
export const failing = (of: Checked, words: string, remedy: string | null = null): Finding => ({
  ...{ ...of, state: 'fail', words, remedy },
})

/** The worst there is among findings; of none: `ok`. */
export function worstOf(findings: readonly Finding[]): FindingState {
  const worst = findings.map(({ state }) => FINDING_STATES.indexOf(state))
  return FINDING_STATES[Math.max(0, ...worst)] ?? 'fail'
}
