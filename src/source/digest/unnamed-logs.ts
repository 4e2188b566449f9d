import { parseObjectName } from '../object-name.ts'
import type { Archive, Place, Span } from './archive.ts'
import type { FileSet } from './file-set.ts'
import { hourAround, includes, type Stretch } from './stretches.ts'
import type { Verdict } from './verdict.ts'

/** Which time is looked through, by which word, and who hears of it. */
export interface Search {
  readonly span: Span
  readonly said: Said
  tell(verdict: Verdict): void
}

/** What digests say of a place. */
export interface Said {
  readonly named: FileSet
  /** Where a valid digest says what was delivered; ascending, joined. */
  readonly covered: readonly Stretch[]
  /** Where the newest digest ends; epoch milliseconds, 0 where there is none. */
  readonly newestMs: number
  readonly nowMs: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A digest comes every hour: after so long the next one should have come. */
export const LATEST_MS = 1.5 * HOUR_MS
const KINDS = ['CloudTrail', 'CloudTrail-NetworkActivity']

/**
 * Looks through a place for logs that no digest names. Those delivered while a valid digest was kept are told one by one: CloudTrail
 * did not deliver them. Others are counted by day. Answers the hours that must not pass for proven.
 */
export async function tellUnnamed(
  archive: Archive,
  place: Place,
  { span, said, tell }: Search,
): Promise<readonly Stretch[]> {
  const about = { account: place.account, region: place.region, trail: null }
  const strange: Stretch[] = []
  const days = new Map<string, Tally>()
  for await (const { file, atMs } of unnamedIn(archive, place, span, said.named)) {
    const kind = kindOf(atMs, said)
    if (kind !== 'unreferenced-log') {
      count(days, kind, atMs ?? 0, file)
      continue
    }
    if (atMs !== null) strange.push(hourAround(atMs))
    const words = 'no digest names it, though one speaks for when it says it was delivered'
    tell({ kind, ...about, file, atMs, words })
  }
  for (const { kind, dayMs, logCount, file } of days.values()) {
    const words = `${logCount} of that day, from this one on`
    tell({ kind, ...about, file, atMs: dayMs, words })
  }
  return strange
}

interface Unnamed {
  readonly file: string
  /** null: its name is none that CloudTrail gives. */
  readonly atMs: number | null
}

async function* unnamedIn(
  archive: Archive,
  place: Place,
  span: Span,
  named: FileSet,
): AsyncGenerator<Unnamed> {
  for (const kind of KINDS)
    for await (const at of archive.list(place, kind, span)) {
      const file = archive.nameOf(at)
      const atMs = parseObjectName(at.key)?.stampMs ?? null
      // Folders made by hand are empty objects.
      if (file.endsWith('/') || named.has(file) || !isWithin(atMs, span)) continue
      yield { file, atMs }
    }
}

/** A name that CloudTrail gives no file (`null`) is one it can never have delivered. */
function kindOf(atMs: number | null, said: Said): 'unreferenced-log' | Tally['kind'] {
  if (atMs === null) return 'unreferenced-log'
  if (isPending(atMs, said)) return 'pending'
  return includes(said.covered, atMs) ? 'unreferenced-log' : 'uncovered-logs'
}

interface Tally {
  readonly kind: 'uncovered-logs' | 'pending'
  readonly dayMs: number
  readonly logCount: number
  /** The first. */
  readonly file: string
}

function count(days: Map<string, Tally>, kind: Tally['kind'], atMs: number, file: string): void {
  const dayMs = Math.floor(atMs / DAY_MS) * DAY_MS
  const name = `${kind} ${dayMs}`
  const before = days.get(name) ?? { kind, dayMs, logCount: 0, file }
  days.set(name, { ...before, logCount: before.logCount + 1 })
}

const isWithin = (atMs: number | null, { fromMs, untilMs }: Span): boolean =>
  atMs === null || (atMs >= fromMs && (untilMs === null || atMs < untilMs))

/** Too young for a digest, where digests still come. */
function isPending(atMs: number, { newestMs, nowMs }: Said): boolean {
  const isAwaited = newestMs >= nowMs - LATEST_MS
  return isAwaited && atMs > newestMs - HOUR_MS && atMs <= nowMs
}
