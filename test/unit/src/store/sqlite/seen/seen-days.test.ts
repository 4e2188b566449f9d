import { expect, it } from 'vitest'
import { openForWriting } from '../../../../../../src/store/sqlite/file/open-database.ts'
import { ENTRY_WORDS } from '../../../../../../src/store/sqlite/seen/id-set.ts'
import { SeenDays } from '../../../../../../src/store/sqlite/seen/seen-days.ts'
import { Segments } from '../../../../../../src/store/sqlite/seen/segments.ts'

const ACCOUNT = 1
const DETAILS = Int32Array.of(1, 0, 0, 0, 0, 0)

it('lets go of all days but the last used where there is room for none, and knows their events when they are asked for again', () => {
  const db = openForWriting(':memory:')
  db.prepare('INSERT INTO account (ref, name) VALUES (?, ?)').run(ACCOUNT, '111122223333')
  const segments = new Segments(db)
  const seen = new SeenDays(segments, 1000)
  const entry = Uint32Array.from({ length: ENTRY_WORDS }, (_, word) => word + 1)
  for (const day of [20_000, 20_001]) {
    expect(seen.dayOf(ACCOUNT, day).add(entry)).toBe('fresh')
    segments.freshOf(ACCOUNT, day).push(entry, 0, DETAILS)
  }
  const [first, last] = [seen.dayOf(ACCOUNT, 20_000), seen.dayOf(ACCOUNT, 20_001)]
  seen.trim()
  expect(seen.dayOf(ACCOUNT, 20_000)).toBe(first)
  expect(seen.dayOf(ACCOUNT, 20_001)).toBe(last)
  seen.trim(0)
  expect(seen.dayOf(ACCOUNT, 20_001)).toBe(last)
  const again = seen.dayOf(ACCOUNT, 20_000)
  expect(again).not.toBe(first)
  expect(again.add(entry)).toBe('copy')
  db.close()
})

it('begins a day with room for what the day before holds, and no more than a little without one', () => {
  const db = openForWriting(':memory:')
  const seen = new SeenDays(new Segments(db), 1000)
  const before = seen.dayOf(ACCOUNT, 20_000)
  for (let id = 1; id <= 500; id++) before.add(new Uint32Array(ENTRY_WORDS).fill(id))
  expect(seen.dayOf(ACCOUNT, 20_001).room).toBeGreaterThan(500)
  expect(seen.dayOf(ACCOUNT, 20_003).room).toBeLessThan(50)
  expect(seen.dayOf(ACCOUNT + 1, 20_001).room).toBeLessThan(50)
  db.close()
})
