/**
 * Says what must be true if this program is right. A failed invariant is a bug: it ends the run and is never caught.
 * @throws Error whose message begins with `invariant:`
 * @example
 * invariant(1 < 2, 'one is less than two') // => undefined
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}
