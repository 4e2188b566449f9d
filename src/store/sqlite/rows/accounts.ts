import type { AccountNews, StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { textFrom, textTo } from '../names/stored-text.ts'

/** How far data is complete, and what is news since the last scoring. */
export function accountsOf(db: Db): Pick<StoreReader, 'accounts' | 'watermarks'> {
  return {
    watermarks: (of) =>
      regionRows(db, of).map(({ name, region, watermark_ms }) => ({
        account: textFrom(name),
        region: textFrom(region),
        watermarkMs: watermark_ms,
      })),

    accounts() {
      const regions = new Map<string, RegionRow[]>()
      for (const row of regionRows(db)) {
        const known = regions.get(row.name)
        if (known === undefined) regions.set(row.name, [row])
        else known.push(row)
      }
      return (prepared(db, SELECT_ACCOUNTS).all() as AccountRow[]).map(
        (row): AccountNews => ({
          account: textFrom(row.name),
          firstMinute: row.first_minute,
          dirtyMinute: row.dirty_minute,
          regions: (regions.get(row.name) ?? []).map(({ region, watermark_ms, scored_ms }) => ({
            region: textFrom(region),
            watermarkMs: watermark_ms,
            scoredMs: scored_ms,
          })),
        }),
      )
    },
  }
}

/** Row of an account that is known. */
export function accountRef(db: Db, account: string): number | undefined {
  const ref = plucked(db, 'SELECT ref FROM account WHERE name = ?').get(textTo(account))
  return typeof ref === 'number' ? ref : undefined
}

/** Lifts a watermark; it never falls. */
export function liftWatermark(db: Db, account: number, region: string, untilMs: number): void {
  prepared(db, LIFT).run(account, textTo(region), Math.floor(untilMs))
}

/** Notes the first minute of an account's counts that changed. */
export function noteChange(db: Db, account: number, minute: number): void {
  prepared(db, NOTE).run(minute, minute, minute, minute, account)
}

/** Notes that counts from a minute on are to be scored again, though none changed. */
export function noteDebt(db: Db, account: string, minute: number): void {
  prepared(db, OWE).run(minute, minute, textTo(account))
}

interface RegionRow {
  readonly name: string
  readonly region: string
  readonly watermark_ms: number
  readonly scored_ms: number | null
}

interface AccountRow {
  readonly name: string
  readonly first_minute: number
  readonly dirty_minute: number | null
}

/** Of one account, or of all. */
function regionRows(db: Db, account?: string): readonly RegionRow[] {
  const rows =
    account === undefined
      ? prepared(db, `${SELECT_REGIONS} ORDER BY name, region`).all()
      : prepared(db, `${SELECT_REGIONS} WHERE name = ? ORDER BY region`).all(textTo(account))
  return rows as RegionRow[]
}

const SELECT_REGIONS = `SELECT name, region, watermark_ms, scored_ms
  FROM watermark JOIN account ON account.ref = watermark.account`
const SELECT_ACCOUNTS = `SELECT name, first_minute, dirty_minute FROM account
  WHERE first_minute IS NOT NULL ORDER BY name`
const OWE = `UPDATE account SET dirty_minute = min(coalesce(dirty_minute, ?), ?) WHERE name = ?`
const LIFT = `INSERT INTO watermark (account, region, watermark_ms) VALUES (?, ?, ?)
  ON CONFLICT (account, region) DO UPDATE SET watermark_ms = max(watermark_ms, excluded.watermark_ms)`
const NOTE = `UPDATE account SET first_minute = min(coalesce(first_minute, ?), ?),
  dirty_minute = min(coalesce(dirty_minute, ?), ?) WHERE ref = ?`
