import { settleEngine } from '../../../src/base/engine.ts'
import { ingest, localFiles, type Store, settingsFrom } from '../../../src/index.ts'

// As the program does.
settleEngine(process.versions.v8)

export type Commit = Parameters<Store['commitObject']>[0]
export type CallTable = NonNullable<Commit['calls']>

/** Reads files as a run does, and hands on what would be stored of each. */
export async function eachCommit(
  folder: string,
  take: (commit: Commit) => void,
  workers = 1,
): Promise<void> {
  const store: Pick<Store, 'ledgerRow' | 'commitObjects' | 'touch'> = {
    ledgerRow: () => undefined,
    touch: () => {},
    commitObjects: (commits) =>
      commits.map((commit) => {
        take(commit)
        const counted = commit.calls?.length ?? 0
        const none = { duplicate: 0, late: 0, insights: 0, conflicts: 0 }
        return { ...none, read: commit.read, counted, rejected: commit.read - counted }
      }),
  }
  // Known to `ingest` only once there are worker threads.
  const threads = { workers }
  const options = { settings: settingsFrom(null), account: null, ...threads }
  await ingest(localFiles([folder]), store as Store, options)
}

/** All of them, in memory. */
export async function commitsOf(folder: string): Promise<readonly Commit[]> {
  const commits: Commit[] = []
  await eachCommit(folder, (commit) => commits.push(commit))
  return commits
}

/** One file's calls by minute, series and error code. */
export function rowsOf({ calls }: Commit) {
  const rows = new Map<string, { key: string; minute: number; calls: number }>()
  if (calls === null) return []
  const { series, codes, pairs, pair, minute, length } = calls
  const keys = Array.from(pairs.series, (place, at) => {
    const { account, region, eventSource, eventName } = series[place] ?? {}
    return `${account} ${region} ${eventSource} ${eventName} ${codes[pairs.code[at] ?? 0]}`
  })
  for (let row = 0; row < length; row++) {
    const at = `${pair[row]} ${minute[row]}`
    const known = rows.get(at)
    if (known !== undefined) known.calls += 1
    else rows.set(at, { key: keys[pair[row] ?? 0] ?? '', minute: minute[row] ?? 0, calls: 1 })
  }
  return [...rows.values()]
}
