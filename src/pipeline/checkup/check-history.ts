import { type Checked, doubtful, type Finding, fine } from '../../base/finding.ts'
import { rfc3339 } from '../../base/times.ts'
import type { StoreReader, WatermarkRow } from '../../store/store.ts'

const HOUR_MS = 3_600_000
/** A quiet Region has no files for hours; a whole day without any is odd. */
const BEHIND_MS = 24 * HOUR_MS
const RUN_MS = 24 * HOUR_MS
const MOST_BEHIND = 20
const LAST_RUNS = 10

/** How far what is known of each account and Region is behind now: those beyond a day, furthest first, and the rest in one. */
export function checkCoverage(store: StoreReader, nowMs: number): readonly Finding[] {
  const rows = [...store.watermarks()].sort((one, other) => one.watermarkMs - other.watermarkMs)
  const behind = rows.filter(({ watermarkMs }) => nowMs - watermarkMs > BEHIND_MS)
  const inTime = rows.slice(behind.length)
  const of: Checked = { check: 'coverage', place: null }
  const [oldest] = inTime
  return [
    ...(oldest === undefined
      ? []
      : [
          fine(
            of,
            `${inTime.length} of ${rows.length} accounts and Regions are known up to ${agoText(oldest, nowMs)} or later`,
          ),
        ]),
    ...behind.slice(0, MOST_BEHIND).map((row) => laggard(row, nowMs)),
    ...(behind.length > MOST_BEHIND
      ? [doubtful(of, `${behind.length - MOST_BEHIND} more accounts and Regions are behind`)]
      : []),
  ]
}

function laggard(row: WatermarkRow, nowMs: number): Finding {
  const of = { check: 'coverage', place: `${row.account} ${row.region}` }
  return doubtful(
    of,
    `known up to ${agoText(row, nowMs)}`,
    'see whether its trail still delivers, and whether runs read it',
  )
}

function agoText({ watermarkMs }: WatermarkRow, nowMs: number): string {
  const hours = (nowMs - watermarkMs) / HOUR_MS
  return `${rfc3339(watermarkMs)}, ${hours < 48 ? `${hours.toFixed(1)} hours` : `${Math.floor(hours / 24)} days`} ago`
}

/** Whether the last run is of today, went to its end, and read all there was. */
export function checkRuns(store: StoreReader, nowMs: number): Finding {
  const of: Checked = { check: 'runs', place: null }
  const runs = store.runs(LAST_RUNS)
  const [last] = runs
  if (last === undefined) return doubtful(of, 'there was none', 'offtrail run makes the first')
  const { startedMs, finishedMs, report } = last
  const unended = runs.filter((run) => run.finishedMs === null).length
  const words = `the last one began at ${rfc3339(startedMs)}; ${unended} of the last ${runs.length} did not end`
  if (finishedMs === null)
    return doubtful(
      of,
      words,
      'where none is under way, it was interrupted: run again, which goes on from there',
    )
  if (nowMs - finishedMs > RUN_MS)
    return doubtful(
      of,
      `${words}; it is more than a day ago`,
      'see whether cron, watch or the schedule still runs',
    )
  const unread = unreadIn(report)
  return unread === 0
    ? fine(of, words)
    : doubtful(
        of,
        `${words}; files it could not read: ${unread}`,
        'offtrail quarantine list names them',
      )
}

function unreadIn(report: unknown): number {
  const { ingest } = (report ?? {}) as { ingest?: { troubles?: readonly unknown[] } }
  return ingest?.troubles?.length ?? 0
}
