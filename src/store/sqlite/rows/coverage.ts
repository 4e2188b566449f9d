import { DELIVERY_LAG_MINUTES } from '../../../bucket/completeness.ts'
import {
  COVERAGE_HOUR_MS,
  type CoverageFilter,
  type CoverageStretch,
  type CoverageWord,
  combined,
  cut,
  firstDifference,
  type HourState,
  type HourStretch,
  overlaid,
} from '../../coverage.ts'
import type { StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { textFrom, textTo } from '../names/stored-text.ts'
import { accountRef, noteDebt } from './accounts.ts'

const MINUTE_MS = 60_000
const HOUR_MINUTES = 60

/** What digests say of hours of deliveries. */
export function coverageOf(db: Db): Pick<StoreReader, 'coverage'> {
  return {
    coverage({ account, region, ...span }) {
      const rows = (prepared(db, SELECT_ALL).all() as CoverageTable[]).filter(
        (row) =>
          (account?.includes(textFrom(row.account)) ?? true) &&
          (region?.includes(textFrom(row.region)) ?? true),
      )
      const places = groups(rows, (row) => JSON.stringify([row.account, row.region]))
      return places.flatMap((of) => stretchesOf(of, span))
    },
  }
}

/** Keeps a trail's word on hours, in place of its earlier one on them. Inside a transaction. */
export function putCoverage(db: Db, { account, region, trail, stretches }: CoverageWord): void {
  const place = [textTo(account), textTo(region)]
  const named = [...place, textTo(trail)]
  const before = placeRows(db, place)
  const own = before.filter((row) => row.trail === named[2]).map(stretchFrom)
  prepared(db, DELETE).run(...named)
  for (const { fromHour, untilHour, state } of overlaid(own, stretches))
    prepared(db, INSERT).run(...named, fromHour, untilHour, state)
  const after = combinedOf(placeRows(db, place))
  const changed = firstDifference(combinedOf(before), after)
  if (changed === null) return
  noteDebt(db, account, changed * HOUR_MINUTES - DELIVERY_LAG_MINUTES)
  liftToProven(db, { account, region }, after)
}

/** Where nothing is missing, silence is complete, too: a window need not wait for the next call to be judged. */
function liftToProven(
  db: Db,
  { account, region }: Pick<CoverageWord, 'account' | 'region'>,
  stretches: readonly HourStretch[],
): void {
  const ref = accountRef(db, account)
  const newest = stretches.findLast(({ state }) => state === 'proven')
  if (ref === undefined || newest === undefined) return
  const untilMs = newest.untilHour * COVERAGE_HOUR_MS - DELIVERY_LAG_MINUTES * MINUTE_MS
  prepared(db, LIFT_KNOWN).run(untilMs, ref, textTo(region))
}

interface CoverageTable {
  readonly account: string
  readonly region: string
  readonly trail: string
  readonly from_hour: number
  readonly until_hour: number
  readonly state: string
}

function stretchesOf(
  rows: readonly CoverageTable[],
  { fromMs, untilMs }: Pick<CoverageFilter, 'fromMs' | 'untilMs'>,
): readonly CoverageStretch[] {
  const { account = '', region = '' } = rows[0] ?? {}
  const hours = {
    fromHour: Math.floor((fromMs ?? 0) / COVERAGE_HOUR_MS),
    untilHour: Math.ceil((untilMs ?? Number.MAX_SAFE_INTEGER) / COVERAGE_HOUR_MS),
  }
  return cut(combinedOf(rows), hours).map((stretch) => ({
    ...{ account: textFrom(account), region: textFrom(region) },
    ...stretch,
  }))
}

function combinedOf(rows: readonly CoverageTable[]): readonly HourStretch[] {
  return combined(groups(rows, ({ trail }) => trail).map((of) => of.map(stretchFrom)))
}

function groups<Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[][] {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = found.get(key) ?? []
    group.push(row)
    found.set(key, group)
  }
  return [...found.values()]
}

function placeRows(db: Db, place: readonly string[]): readonly CoverageTable[] {
  return prepared(db, SELECT_PLACE).all(...place) as CoverageTable[]
}

const stretchFrom = ({ from_hour, until_hour, state }: CoverageTable): HourStretch => ({
  ...{ fromHour: from_hour, untilHour: until_hour },
  state: state as HourState,
})

const SELECT_ALL = 'SELECT * FROM coverage ORDER BY account, region, trail, from_hour'
const SELECT_PLACE =
  'SELECT * FROM coverage WHERE account = ? AND region = ? ORDER BY trail, from_hour'
const DELETE = 'DELETE FROM coverage WHERE account = ? AND region = ? AND trail = ?'
const INSERT = 'INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?)'
const LIFT_KNOWN = `UPDATE watermark SET watermark_ms = max(watermark_ms, ?)
  WHERE account = ? AND region = ?`
