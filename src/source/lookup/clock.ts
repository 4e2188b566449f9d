/** Time as a source needs it, handed in so that tests need not wait. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Resolves after this many milliseconds, or a little later. */
  sleep(milliseconds: number): Promise<void>
}
