import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Ablation } from '../ablations/ablation.ts'
import { withEdited } from '../ablations/edited-copy.ts'

/**
 * Measures a product without one of the parts of its model: runs the copy's own `run.ts` with the same arguments in a
 * process of its own, and answers its exit code.
 * @throws Error where it does not end by itself.
 */
export function runWithout(ablation: Ablation, args: readonly string[]): Promise<number> {
  return withEdited(ablation, ['models', 'src', 'benchmarks'], (copy) => {
    const script = join(copy, 'benchmarks', 'quality', 'accounts', 'run.ts')
    const { status, error, signal } = spawnSync(
      process.execPath,
      ['--import', 'tsx', script, ...args],
      { stdio: 'inherit' },
    )
    if (status === null) throw error ?? new Error(`ended by ${signal}`)
    return status
  })
}
