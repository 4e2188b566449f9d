/** We are wrong: a bug, never caught on purpose; ends the process with exit code 70. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`)
}
