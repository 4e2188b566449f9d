import type { DamageCode, SkipCode } from './api-call.ts'

/** Ends the reading of one file: it is damaged, or nothing for us. Caught in this room; nobody else sees it. */
export class StopReading extends Error {
  readonly outcome: 'failed' | 'skipped'
  readonly code: DamageCode | SkipCode

  constructor(outcome: 'failed' | 'skipped', code: DamageCode | SkipCode, message: string) {
    super(message)
    this.outcome = outcome
    this.code = code
  }
}

/** The file counts whole or not at all, and this is why it does not. The message says what came, and where. */
export function damaged(code: DamageCode, message: string): StopReading {
  return new StopReading('failed', code, message)
}

/** The file is passed over without complaint. */
export function skipped(code: SkipCode): StopReading {
  return new StopReading('skipped', code, '')
}
