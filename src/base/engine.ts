import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of bytecode a function runs before it may be optimised; V8 11 says 67584. */
const BUDGET = 500_000
/** By how much the old heap may outgrow what lives in it, in percent, while files are read; V8 says up to 300, … */
const READING_PERCENT = 100
/** … and afterwards. */
const SCORING_PERCENT = 50
/** Bytes of room for new objects; V8 11 takes up to 32 MiB, V8 13 up to 64. */
const YOUNG_BYTES = 16 * 1024 * 1024

// Flags are the whole process's: for the program alone to call.

/** How the program has its engine from the start; who measures the program begins with it, too. */
export function settleEngine(v8Version: string): void {
  compileLater(v8Version)
  keepOldSmall(READING_PERCENT)
  keepYoungSmall()
}

/**
 * Has V8 11, the engine of Node.js 20, optimise only what stays hot, in all threads from now on. Most of what is hot while
 * files are read is so for a second, and optimising it took more than it saved: a sixth of the CPU of reading, a tenth of
 * that of a small run. Later engines compile in between and know no such flag.
 */
function compileLater(v8Version: string): void {
  if (v8Version.startsWith('11.')) setFlagsFromString(`--interrupt-budget=${BUDGET}`)
}

/**
 * Has garbage collected once it is half of what lives, from now on: when reading is over. Scoring takes a seventh less memory
 * than with as much garbage as lives, for a hundredth of its CPU; the buffers of files would only be collected for more often.
 */
export function collectSooner(): void {
  keepOldSmall(SCORING_PERCENT)
}

/** A million names that come once each would otherwise lie about as 160 MB of garbage, with 30 that live. */
function keepOldSmall(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`)
}

/**
 * Has the room for new objects grow no further once it has 16 MiB, in all threads from then on: nearly all that is made is garbage
 * at once, and more room for it saves little time. A run takes 20 to 30 MB less memory, for two hundredths of its CPU.
 */
function keepYoungSmall(): void {
  const observer = new PerformanceObserver(() => {
    if (youngBytes() < YOUNG_BYTES) return
    setFlagsFromString('--semi-space-growth-factor=1')
    observer.disconnect()
  })
  observer.observe({ entryTypes: ['gc'] })
}

function youngBytes(): number {
  const spaces = getHeapSpaceStatistics()
  return spaces.find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0
}

/** Has garbage collected at once: where much has just become garbage, and as much is about to be made again. */
export function collectNow(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
}
