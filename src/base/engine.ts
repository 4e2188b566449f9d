import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of bytecode a function runs before it may be optimised; V8 11 says 67584. */
const BUDGET = 500_000
/** By how much the old heap may outgrow what lives in it, in percent; V8 says up to 300. */
const GARBAGE_PERCENT = 50

// Flags are the whole process's: for the program alone to call.

/**
 * Has V8 11, the engine of Node.js 20, optimise only what stays hot, in all threads from now on. Most of what is hot while
 * files are read is so for a second, and optimising it took more than it saved: a sixth of the CPU of reading, a tenth of
 * that of a small run. Later engines compile in between and know no such flag.
 */
export function compileLater(v8Version: string): void {
  if (v8Version.startsWith('11.')) setFlagsFromString(`--interrupt-budget=${BUDGET}`)
}

/**
 * Has garbage collected once it is half of what lives, from now on: when reading is over. Scoring takes a seventh less memory
 * than with as much garbage as lives, for a hundredth of its CPU; the buffers of files would only be collected for more often.
 */
export function collectSooner(): void {
  setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`)
}

/** Has garbage collected at once: where much has just become garbage, and as much is about to be made again. */
export function collectNow(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
}
