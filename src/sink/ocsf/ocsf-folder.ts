import { join } from 'node:path'
import type { Insight } from '../../insight/insight.ts'
import { writeAtomically } from '../file.ts'
import { segmentOf } from '../path-segment.ts'
import { safeJson } from '../safe.ts'
import type { Sink } from '../sink.ts'
import { findingOf } from './finding.ts'

/**
 * A folder of OCSF Detection Findings: `ACCOUNT/YYYY/MM/DD/ID-create.json` and `ID-close.json`, by the day an insight started. The same
 * insight in the same state is the same file.
 */
export function ocsfFolder(root: string): Sink {
  return {
    name: `OCSF folder ${root}`,
    async deliver(insights) {
      for (const insight of insights) {
        await writeAtomically(pathOf(root, insight), `${safeJson(findingOf(insight))}\n`)
      }
    },
  }
}

function pathOf(root: string, { account, id, state, startMs }: Insight): string {
  const day = new Date(startMs).toISOString().slice(0, 10).split('-')
  const name = `${id}-${state === 'open' ? 'create' : 'close'}.json`
  return join(root, segmentOf(account), ...day, name)
}
