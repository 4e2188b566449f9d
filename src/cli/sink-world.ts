import type { SinkWorld } from '../sink/sink-world.ts'
import { readSecret } from '../source/secret.ts'
import { stsDoor } from './aws-options.ts'
import type { Terminal } from './terminal.ts'

/** What sinks are given of the process. */
export function sinkWorld({ now, variable }: Terminal): SinkWorld {
  return { now, secretAt: (place) => readSecret(place, variable), aws: stsDoor({ variable }) }
}
