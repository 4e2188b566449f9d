import { setFlagsFromString } from 'node:v8'

/** Bytes of bytecode a function runs before it may be optimised; V8 11 says 67584. */
const BUDGET = 500_000

/**
 * Has V8 11, the engine of Node.js 20, optimise only what stays hot, in all threads from now on. Most of what is hot while
 * files are read is so for a second, and optimising it took more than it saved: a sixth of the CPU of reading, a tenth of
 * that of a small run. Later engines compile in between and know no such flag. For the program alone to call: flags are
 * the whole process's.
 */
export function compileLater(v8Version: string): void {
  if (v8Version.startsWith('11.')) setFlagsFromString(`--interrupt-budget=${BUDGET}`)
}
