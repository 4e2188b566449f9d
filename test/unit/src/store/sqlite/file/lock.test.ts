import { describe, expect, it } from 'vitest'
import { openStore, type StoreOptions } from '../../../../../../src/store/sqlite/open-store.ts'
import { aCall, commitOf } from '../../../../../support/small-files.ts'
import { atTemporaryPath } from '../../../../../support/temporary-store.ts'

/** Processes that live, and a clock that is set by hand. */
function world() {
  const alive = new Set([41, 42])
  const clock = { ms: 1_000_000 }
  const as = (pid: number, more: Partial<StoreOptions> = {}): StoreOptions => ({
    ...{ pid, host: 'here', startedMs: 500_000, isAlive: (other) => alive.has(other) },
    ...{ now: () => clock.ms, ...more },
  })
  return { alive, clock, as }
}

const SOMETHING = commitOf({ key: 'a', stampMs: null, calls: [aCall()] })

describe('the lock', () => {
  it('refuses a second writer, naming process and age, and lets it in once the first has closed', () => {
    atTemporaryPath((path) => {
      const { clock, as } = world()
      const first = openStore(path, as(41))
      clock.ms += 7000
      expect(() => openStore(path, as(42))).toThrow(
        'process 41 on here is writing to this store (started 507 s ago, last sign of life 7 s ago)',
      )
      expect(() => openStore(path, as(41))).toThrow('process 41')
      first.close()
      openStore(path, as(42)).close()
    })
  })

  it('is taken over from a process that is gone, or that was an earlier one with our number', () => {
    atTemporaryPath((path) => {
      const { alive, as } = world()
      openStore(path, as(41))
      alive.delete(41)
      openStore(path, as(42))
      openStore(path, as(42, { startedMs: 900_000 })).close()
    })
  })

  it('is taken over from another host only after two minutes without a sign of life', () => {
    atTemporaryPath((path) => {
      const { clock, as } = world()
      const away = openStore(path, as(7, { host: 'away' }))
      clock.ms += 119_000
      expect(() => openStore(path, as(42))).toThrow('process 7 on away')
      away.touch()
      clock.ms += 119_000
      expect(() => openStore(path, as(42))).toThrow('last sign of life 119 s ago')
      clock.ms += 2000
      openStore(path, as(42)).close()
    })
  })

  it('lives on with every flush, and a writer that lost it is told', () => {
    atTemporaryPath((path) => {
      const { clock, as } = world()
      const away = openStore(path, as(7, { host: 'away' }))
      clock.ms += 1000
      away.flush()
      clock.ms += 119_500
      expect(() => openStore(path, as(42))).toThrow('last sign of life 120 s ago')
      clock.ms += 1000
      const heir = openStore(path, as(42))
      expect(() => away.flush()).toThrow('lost the store to process 42 on here')
      heir.close()
    })
  })

  it('lives on with every commit, and stops a writer that lost it before it writes', () => {
    atTemporaryPath((path) => {
      const { clock, as } = world()
      const away = openStore(path, as(7, { host: 'away' }))
      clock.ms += 100_000
      away.commitObject(SOMETHING)
      clock.ms += 100_000
      expect(() => openStore(path, as(42))).toThrow('process 7')
      clock.ms += 100_000
      const heir = openStore(path, as(42))
      expect(() =>
        away.commitObject({ ...SOMETHING, ledger: { ...SOMETHING.ledger, key: 'b' } }),
      ).toThrow('lost the store to process 42 on here')
      expect(heir.totals().objects.done).toBe(1)
      away.close()
      expect(() => openStore(path, as(41))).toThrow('process 42')
      heir.close()
    })
  })
})
