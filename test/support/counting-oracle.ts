import { fingerprintOf } from '../../src/bucket/fingerprint.ts'
import type { ApiCall } from '../../src/event/api-call.ts'
import type { SmallFile } from './small-files.ts'

/** What a store must hold after some files, by the definitions alone: no order, no increments. */
export interface Expected {
  readonly counted: number
  readonly duplicate: number
  readonly late: number
  /** `[series, minute, code, calls]` as JSON, sorted. */
  readonly cells: readonly string[]
  /** `[series, minute, kind, value, code, calls]`, values corrected away with 0 calls; sorted. */
  readonly actors: readonly string[]
  /** `[series, minute, kind]` of windows with more distinct values than the cap; sorted. */
  readonly pastCap: readonly string[]
}

const LATE_MS = 35 * 86_400_000
const KINDS = ['identity', 'userAgent', 'resource'] as const
const KIND_NAMES = { identity: 'identity', userAgent: 'agent', resource: 'resource' } as const

/** Counts files the slow way. */
export function expectedOf(
  files: readonly SmallFile[],
  rules: { cap: number; windowMinutes: number },
): Expected {
  const all = files.flatMap(({ calls, stampMs }) => calls.map((call) => ({ call, stampMs })))
  const accepted = all
    .filter(({ call, stampMs }) => stampMs === null || call.timeMs >= stampMs - LATE_MS)
    .map(({ call }) => call)
  const events = groupBy(accepted, keyOf)
  const standing = [...events]
    .filter(([key]) => stands(key, accepted))
    .map(([, copies]) => joined(copies))
  return {
    counted: standing.length,
    duplicate: accepted.length - standing.length,
    late: all.length - accepted.length,
    cells: tally(standing.map((call) => [seriesOf(call), minuteOf(call), call.errorCode])),
    ...actorsOf(accepted, standing, rules),
  }
}

const minuteOf = ({ timeMs }: ApiCall): number => timeMs / 60_000 - ((timeMs / 60_000) % 1)
const seriesOf = ({ account, region, category, eventSource, eventName }: ApiCall): string =>
  JSON.stringify([account, region, category, eventSource, eventName])
const keyOf = (call: ApiCall): string =>
  JSON.stringify([call.account, call.eventId, seriesOf(call), call.errorCode, call.timeMs])

/** An event falls when another replaces its id, or a later one replaces what it replaces. */
function stands(key: string, accepted: readonly ApiCall[]): boolean {
  const [account, id] = JSON.parse(key) as [string, string]
  const self = accepted.find((call) => keyOf(call) === key)
  if (self === undefined) throw new Error('every key is of a call')
  const replacing = accepted.filter((call) => call.account === account && call.replaces !== null)
  const ofMe = replacing.filter(({ replaces }) => replaces === id)
  if (ofMe.length > 0 && !ofMe.some((call) => keyOf(call) === key)) return false
  const mine = replacing.filter((call) => keyOf(call) === key).map(({ replaces }) => replaces)
  return mine.every((original) => {
    const rivals = replacing.filter(({ replaces }) => replaces === original)
    return rivals.every((rival) => keyOf(rival) === key || rank(rival) < rank(self))
  })
}

/** Order of events that replace the same: second, id, fingerprint, as a text that sorts. */
function rank(call: ApiCall): string {
  const { high, low } = fingerprintOf(call, call.errorCode)
  const words = [call.timeMs / 1000, high, low + ((call.timeMs / 1000) % 86_400)]
  const [second, ...print] = words.map((word) => String(word).padStart(12, '0'))
  return [second, call.eventId, ...print].join(' ')
}

function joined(copies: readonly ApiCall[]): ApiCall {
  const greatest = (kind: (typeof KINDS)[number]) =>
    copies.map((copy) => copy[kind]).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a))
  const [first] = copies
  if (first === undefined) throw new Error('a group is never empty')
  return {
    ...first,
    identity: greatest('identity'),
    userAgent: greatest('userAgent'),
    resource: greatest('resource'),
    readOnly: copies.some(({ readOnly }) => readOnly),
  }
}

function actorsOf(
  accepted: readonly ApiCall[],
  standing: readonly ApiCall[],
  { cap, windowMinutes }: { cap: number; windowMinutes: number },
): Pick<Expected, 'actors' | 'pastCap'> {
  const window = (call: ApiCall) => Math.floor(minuteOf(call) / windowMinutes) * windowMinutes
  const actors: string[] = []
  const pastCap: string[] = []
  for (const kind of KINDS) {
    const slot = (call: ApiCall) => JSON.stringify([seriesOf(call), window(call), KIND_NAMES[kind]])
    const known = groupBy(
      accepted.filter((call) => call[kind] !== null),
      slot,
    )
    const counted = groupBy(
      standing.filter((call) => call[kind] !== null),
      slot,
    )
    for (const [name, calls] of known) {
      if (new Set(calls.map((call) => call[kind])).size > cap) pastCap.push(name)
      else actors.push(...entriesOf(JSON.parse(name), kind, [calls, counted.get(name) ?? []]))
    }
  }
  return { actors: actors.sort(), pastCap: pastCap.sort() }
}

/** One window's entries: every value known, with the calls that stand. */
function entriesOf(
  name: readonly unknown[],
  kind: (typeof KINDS)[number],
  [known, standing]: readonly [readonly ApiCall[], readonly ApiCall[]],
): readonly string[] {
  const entry = (call: ApiCall) => JSON.stringify([...name, call[kind], call.errorCode])
  const calls = groupBy(standing, entry)
  return [...new Set(known.map(entry))].map((text) =>
    JSON.stringify([...JSON.parse(text), calls.get(text)?.length ?? 0]),
  )
}

function tally(cells: readonly (readonly unknown[])[]): readonly string[] {
  const groups = groupBy(cells, (cell) => JSON.stringify(cell))
  return [...groups]
    .map(([text, same]) => JSON.stringify([...JSON.parse(text), same.length]))
    .sort()
}

function groupBy<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item])
  return groups
}
