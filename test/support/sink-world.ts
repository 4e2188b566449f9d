import { join } from 'node:path'
import type { SinkSettings } from '../../src/base/sinks.ts'
import type { DeliveryReport } from '../../src/pipeline/delivery/report.ts'
import type { RunOptions } from '../../src/pipeline/run.ts'
import type { SinkWorld } from '../../src/sink/sink-world.ts'
import { sinksOf } from '../../src/sink/sinks-of.ts'
import type { Store } from '../../src/store/store.ts'
import { type Burst, runOver, temporaryFolder, writeDays } from './pipeline-world.ts'
import { aWorld } from './receiver.ts'
import { memoryStore } from './temporary-store.ts'

/** A store and a trail that grows, told to sinks. */
export interface SinkPlace {
  readonly store: Store
  readonly trail: string
  /** Writes days up to `until` and runs; answers what each sink was given. */
  run(until: number, bursts?: readonly Burst[]): Promise<readonly DeliveryReport[]>
}

/** Days of history before anybody is told. */
export const LEARNED = 10

/** Lends a place whose first run has taken ten calm days. */
export async function toldTo(
  settings: readonly SinkSettings[],
  use: (place: SinkPlace) => Promise<void>,
  { world = aWorld(), ...changes }: Partial<RunOptions> & { readonly world?: SinkWorld } = {},
): Promise<void> {
  const store = memoryStore()
  const trail = join(temporaryFolder(), 'trail')
  let from = 0
  const run = async (until: number, bursts: readonly Burst[] = []) => {
    writeDays(trail, { from, until }, (at) => bursts.filter(({ day }) => day === at))
    from = until
    const { delivery } = await runOver(store, trail, {
      ...{ random: () => 0, ...changes },
      ...sinksOf(settings, world),
    })
    return delivery
  }
  try {
    await run(LEARNED)
    await use({ store, trail, run })
  } finally {
    store.close()
  }
}
