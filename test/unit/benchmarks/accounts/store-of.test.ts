import { describe, expect, it } from 'vitest'
import { withStore } from '../../../../benchmarks/quality/accounts/entrants/store-of.ts'
import type { AccountWork } from '../../../../benchmarks/quality/accounts/simulate/account-work.ts'
import { makeAccount } from '../../../../benchmarks/quality/accounts/simulate/make-account.ts'
import { allSeries } from '../../../../src/store/every-page.ts'
import type { Store } from '../../../../src/store/store.ts'

const work = makeAccount({ seed: 3, kind: 'people', weeks: 5, attacked: true })

/** Calls by API, window, caller and error code; those of any outcome stand under `all`. */
function simulated({ series, principals }: AccountWork): ReadonlyMap<string, number> {
  const cells = new Map<string, number>()
  for (const { key, calls, errors } of series) {
    for (const [code, { actors }] of [['all', calls] as const, ...errors]) {
      actors.at.forEach((window, cell) => {
        const name = principals[actors.who[cell] ?? -1]?.name
        cells.set([key, window, name, code].join(' '), actors.count[cell] ?? 0)
      })
    }
  }
  return cells
}

function stored(store: Store): ReadonlyMap<string, number> {
  const cells = new Map<string, number>()
  const rows = [...allSeries(store)].map((row) => [row.ref, row] as const)
  const known = new Map(rows)
  const account = rows[0]?.[1].account ?? ''
  const span = { account, fromMinute: 0, untilMinute: 5 * work.untilWindow }
  store.eachIdentity(span, ({ series, minute, identity, errorCode, calls }) => {
    const { region, eventSource, eventName } = known.get(series) ?? {}
    for (const code of errorCode === null ? ['all'] : ['all', errorCode]) {
      const cell = [region, eventSource, eventName, minute / 5, identity, code].join(' ')
      cells.set(cell, (cells.get(cell) ?? 0) + calls)
    }
  })
  return cells
}

describe('withStore', () => {
  it('lends a store with every call, its caller and its outcome', async () => {
    expect(await withStore(work, stored)).toEqual(simulated(work))
  })

  it('knows that nothing more comes before the end of the account', async () => {
    const ends = await withStore(work, (store) => store.watermarks())
    expect(new Set(ends.map(({ watermarkMs }) => watermarkMs / 300_000))).toEqual(
      new Set([work.untilWindow]),
    )
  })
})
