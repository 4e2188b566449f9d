import { execFileSync } from 'node:child_process'
import type { Outcome, Task } from '../measure/sample.ts'

/** The C++ peer (`benchmarks/native/count.cpp`). `scratch`: the program that was built of it. */
export function native({ folder, scratch = '' }: Task): Outcome {
  const answer = JSON.parse(execFileSync(scratch, [folder], { encoding: 'utf8' }))
  const { digest, cpuSeconds, peakMb } = answer
  return { digest, elsewhere: { cpuSeconds, peakMb } }
}
