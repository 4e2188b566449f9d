import { execFileSync } from 'node:child_process'
import type { Outcome, Task } from '../measure/sample.ts'
import { CellCounts } from '../trail/digest.ts'
import { trailPaths } from './trail-paths.ts'

const FILTER =
  '.Records[] | [.recipientAccountId, .awsRegion, .eventSource, .eventName, .errorCode, .eventTime[0:14], (.eventTime[14:16] | tonumber / 5 | floor)] | @tsv'
const SCRIPT = `TIMEFORMAT='%U %S'; time gunzip -c "$@" | jq -r '${FILTER}' | sort | uniq -c`

/** What an operator would type: `gunzip | jq | sort | uniq -c`, on the first files only. */
export function jq({ folder, sizes }: Task): Outcome {
  const paths = trailPaths(folder).slice(0, sizes?.['files'])
  const script = `{ ${SCRIPT}; } 2>&1`
  const lines = execFileSync('bash', ['-c', script, 'bash', ...paths], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
    .trimEnd()
    .split('\n')
  const [user, system] = (lines.pop() ?? '').split(' ').map(Number)
  const cells = new CellCounts()
  for (const line of lines) {
    const [, count = '0', key = ''] = /^ *(\d+) (.*)$/.exec(line) ?? []
    for (let at = 0; at < Number(count); at++) cells.add(key)
  }
  return { digest: cells.digest(), elsewhere: { cpuSeconds: (user ?? 0) + (system ?? 0) } }
}
