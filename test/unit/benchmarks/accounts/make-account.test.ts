import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import {
  ACCOUNT_KINDS,
  type AccountKind,
  type AccountWork,
  type ApiSeries,
} from '../../../../benchmarks/quality/accounts/simulate/account-work.ts'
import { makeAccount } from '../../../../benchmarks/quality/accounts/simulate/make-account.ts'

const PER_WEEK = 2016
// A large account is a million calls, and a machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const orderOf = (kind: AccountKind, attacked = false) => ({ seed: 7, kind, weeks: 5, attacked })
const known = new Map<string, AccountWork>()

/** Made once for all tests: a large account takes a second. */
function made(kind: AccountKind, attacked = false): AccountWork {
  const name = `${kind} ${attacked}`
  const work = known.get(name) ?? makeAccount(orderOf(kind, attacked))
  known.set(name, work)
  return work
}

/** All counts of an account, shortened. */
function fingerprint({ series, principals, changes, labels }: AccountWork): string {
  const hash = createHash('sha256')
  for (const { key, calls, errors } of series) {
    hash.update(key)
    for (const [code, { actors }] of [['', calls] as const, ...errors]) {
      hash.update(code).update(actors.at).update(actors.who).update(actors.count)
    }
  }
  return hash.update(JSON.stringify([principals, changes, labels])).digest('hex')
}

const callsOf = ({ calls }: ApiSeries): number => calls.counts.count.reduce((a, b) => a + b, 0)
const activeHours = ({ series }: AccountWork): number =>
  new Set(series.flatMap(({ calls }) => [...calls.counts.at].map((at) => Math.floor(at / 12)))).size

describe('makeAccount', () => {
  it.each(ACCOUNT_KINDS)('makes the same %s account from the same seed', (kind) => {
    expect(fingerprint(makeAccount(orderOf(kind, true)))).toBe(fingerprint(made(kind, true)))
  })

  it('makes another account from another seed', () => {
    const other = makeAccount({ ...orderOf('people'), seed: 8 })
    expect(fingerprint(other)).not.toBe(fingerprint(made('people')))
  })

  it.each(ACCOUNT_KINDS)(
    'counts the same calls of a %s account with and without callers',
    (kind) => {
      for (const { calls, errors } of made(kind).series) {
        for (const { counts, actors } of [calls, ...errors.values()]) {
          expect(actors.count.reduce((a, b) => a + b, 0)).toBe(
            counts.count.reduce((a, b) => a + b, 0),
          )
          expect(new Set(actors.at).size).toBe(counts.at.length)
        }
      }
    },
  )

  it('counts failing calls among all calls', () => {
    for (const { calls, errors } of made('team').series) {
      const all = new Map([...calls.counts.at].map((at, cell) => [at, calls.counts.count[cell]]))
      for (const { counts } of errors.values()) {
        const failing = counts.at.filter(
          (at, cell) => (counts.count[cell] as number) > (all.get(at) ?? 0),
        )
        expect([...failing]).toEqual([])
      }
    }
  })

  it('leaves most hours of a small account empty, and a dormant one silent for weeks', () => {
    expect(activeHours(made('people'))).toBeLessThan(0.1 * 5 * 168)
    const dormant = makeAccount({ ...orderOf('dormant'), weeks: 14 })
    const days = new Set(
      dormant.series.flatMap(({ calls }) => [...calls.counts.at].map((at) => Math.floor(at / 288))),
    )
    const sorted = [...days].sort((a, b) => a - b)
    const longest = Math.max(...sorted.map((day, at) => day - (sorted[at - 1] ?? day)))
    expect(longest).toBeGreaterThan(21)
  })

  it.each(['people', 'team', 'platform', 'growing'] as const)(
    'shows a third of the APIs of a %s account only after the first week',
    (kind) => {
      const { series, fromWindow } = made(kind)
      const late = series.filter(({ calls }) => (calls.counts.at[0] ?? 0) >= fromWindow + PER_WEEK)
      expect(late.length).toBeGreaterThan(series.length / 3)
    },
  )

  it('hears nothing of a growing account in its second Region before the trail there', () => {
    const { series, changes } = made('growing')
    const trail = changes.find(({ kind }) => kind === 'new trail')
    const far = series.filter(({ region }) => region === trail?.what)
    expect(far.length).toBeGreaterThan(3)
    const firsts = far.map(({ calls }) => calls.counts.at[0] ?? 0)
    expect(Math.min(...firsts)).toBeGreaterThanOrEqual(trail?.window ?? 0)
    expect(firsts.filter((first) => first < (trail?.window ?? 0) + 288).length).toBeGreaterThan(3)
  })

  it('makes clock-work vary less than chance', () => {
    const { series } = made('platform')
    const clocks = series.filter(({ key }) => key.includes('AssumeRole-clock'))
    const scatter = clocks.map(({ calls }) => {
      const byDay = new Map<number, number>()
      calls.counts.at.forEach((at, cell) => {
        const day = Math.floor(at / 288)
        byDay.set(day, (byDay.get(day) ?? 0) + (calls.counts.count[cell] ?? 0))
      })
      const days = [...byDay.values()].slice(2, 9)
      const mean = days.reduce((a, b) => a + b, 0) / days.length
      return days.reduce((a, b) => a + (b - mean) ** 2, 0) / days.length / mean
    })
    expect(Math.min(...scatter)).toBeLessThan(0.1)
  })
})

describe('an attacked account', () => {
  it.each(ACCOUNT_KINDS)(
    'has all calls of its clean %s twin, and more where labels say so',
    (kind) => {
      const clean = new Map(made(kind).series.map((each) => [each.key, each]))
      const { series, labels } = made(kind, true)
      const labelled = new Set(labels.flatMap(({ keys }) => keys))
      for (const each of series) {
        const twin = clean.get(each.key)
        if (labelled.has(each.key)) expect(callsOf(each)).toBeGreaterThan(twin ? callsOf(twin) : 0)
        else expect(callsOf(each)).toBe(twin && callsOf(twin))
      }
      expect(labels.length).toBeGreaterThanOrEqual(8)
    },
  )

  it('puts each label where the attacker called', () => {
    const { series, labels, principals } = made('team', true)
    const byKey = new Map(series.map((each) => [each.key, each]))
    for (const { keys, principal, startWindow, endWindow } of labels) {
      for (const key of keys) {
        const actors = byKey.get(key)?.calls.actors
        const called = [...(actors?.at ?? [])].some(
          (at, cell) =>
            at >= startWindow &&
            at < endWindow &&
            principals[actors?.who[cell] ?? -1]?.name === principal,
        )
        expect(called, `${principal} on ${key}`).toBe(true)
      }
    }
  })
})
