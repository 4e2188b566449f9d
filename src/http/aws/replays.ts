/** Twice the time for which a signature is taken: nothing older can come again. */
const MEMORY_MS = 10 * 60_000
const MOST = 10_000

/**
 * Remembers what writing requests were answered, so that one that comes again is answered the same and changes nothing. What
 * other processes carried out is known by the store alone.
 */
export class Replays {
  readonly #answers = new Map<string, { readonly atMs: number; readonly answer: object }>()

  /** The answer to a signature: made now, or the one it had. */
  once(signature: string, nowMs: number, make: () => object): object {
    for (const [old, { atMs }] of this.#answers) {
      if (nowMs - atMs < MEMORY_MS && this.#answers.size < MOST) break
      this.#answers.delete(old)
    }
    const known = this.#answers.get(signature)
    if (known !== undefined) return known.answer
    const answer = make()
    this.#answers.set(signature, { atMs: nowMs, answer })
    return answer
  }
}
