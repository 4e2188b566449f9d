import { describe, expect, it } from 'vitest'
import { checkStore } from '../../../../src/store/doctor.ts'
import { openReader } from '../../../../src/store/sqlite/open-reader.ts'
import { openStore } from '../../../../src/store/sqlite/open-store.ts'
import { bareDatabase } from '../../../support/bare-database.ts'
import { aCall, anId, commitOf } from '../../../support/small-files.ts'
import { atTemporaryPath, HOLDER } from '../../../support/temporary-store.ts'

/** What fails after a store of three files was tampered with by these statements. */
function failing(...tampering: readonly string[]): readonly string[] {
  return atTemporaryPath((path) => {
    const store = openStore(path, { ...HOLDER, foldAt: 1 })
    for (const i of [1, 2, 3]) {
      const calls = [aCall({ eventId: anId(i) }), aCall({ eventId: anId(7), replaces: anId(1) })]
      store.commitObject(commitOf({ key: `${i}`, stampMs: null, calls }))
    }
    store.close()
    const db = bareDatabase(path)
    db.pragma('foreign_keys = OFF')
    for (const statement of tampering) db.exec(statement)
    db.close()
    const reader = openReader(path)
    const findings = checkStore(reader)
    reader.close()
    return findings.filter(({ ok }) => !ok).map(({ check }) => check)
  })
}

describe('checkStore', () => {
  it('finds nothing wrong with a store that had duplicates and corrections', () => {
    expect(failing()).toEqual([])
  })

  it.each<[string, string, readonly string[]]>([
    ['a count', "UPDATE cells SET cells = x'000009'", ['cells', 'series']],
    ['a series total', 'UPDATE series SET calls = calls + 1', ['series']],
    ['a forgotten event', 'DELETE FROM seen WHERE ref = (SELECT min(ref) FROM seen)', ['events']],
    [
      'a running total',
      "UPDATE counter SET value = value + 1 WHERE name = 'duplicate'",
      ['conservation', 'ledger'],
    ],
    ['a file’s tally', "UPDATE ledger SET read = read + 1 WHERE key = '2'", ['ledger']],
    ['a lost file', "DELETE FROM ledger WHERE key = '3'", ['ledger', 'objects']],
    ['a lost series', 'DELETE FROM series', ['references', 'series']],
  ])('notices %s', (_, statement, checks) => {
    expect(failing(statement)).toEqual(checks)
  })
})
