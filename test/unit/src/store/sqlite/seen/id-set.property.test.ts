import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ENTRY_WORDS, IdSet, KEY_WORDS } from '../../../../../../src/store/sqlite/seen/id-set.ts'

const word = fc.constantFrom(0, 1, 2, 0xffffffff)
const entry = fc
  .tuple(word, word, word, word, word, fc.nat(2), fc.integer({ min: 1, max: 2 }))
  .map((words) => Uint32Array.from(words))

describe('IdSet', () => {
  it('says of every event what a map of texts would say', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 400 }), fc.nat(400), (entries, cut) => {
        const set = loadedWith(entries.slice(0, cut))
        const known = new Map<string, number>()
        for (const one of entries.slice(0, cut)) remember(known, one)
        for (const one of entries.slice(cut)) {
          expect(set.add(one)).toBe(expectedOf(known, one))
          remember(known, one)
        }
        expect(set.size).toBe(known.size)
      }),
      { seed: 7 },
    )
  })
})

const keyOf = (one: Uint32Array): string => one.subarray(0, KEY_WORDS).join(' ')

function remember(known: Map<string, number>, one: Uint32Array): void {
  if (!known.has(keyOf(one))) known.set(keyOf(one), one[KEY_WORDS] ?? 0)
}

function expectedOf(known: ReadonlyMap<string, number>, one: Uint32Array): string {
  const detail = known.get(keyOf(one))
  if (detail !== undefined) return detail === one[KEY_WORDS] ? 'copy' : 'variant'
  const id = `${one.subarray(0, 4).join(' ')} `
  return [...known.keys()].some((key) => key.startsWith(id)) ? 'conflict' : 'fresh'
}

/** A set that got its entries from a segment, as after opening. */
function loadedWith(entries: readonly Uint32Array[]): IdSet {
  const distinct = new Map<string, Uint32Array>()
  for (const one of entries) if (!distinct.has(keyOf(one))) distinct.set(keyOf(one), one)
  const words = new Uint32Array(distinct.size * ENTRY_WORDS)
  for (const [i, one] of [...distinct.values()].entries()) words.set(one, i * ENTRY_WORDS)
  const set = new IdSet(0)
  set.load(words)
  return set
}
