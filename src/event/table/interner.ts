import type { SeriesKey } from '../api-call.ts'

/** Numbers distinct things in the order they are first met. */
export class Interner<Thing> {
  readonly things: Thing[] = []
  readonly #places = new Map<Thing, number>()

  /** The thing's place, the same for the same thing. */
  placeOf(thing: Thing): number {
    const known = this.#places.get(thing)
    if (known !== undefined) return known
    const place = this.things.push(thing) - 1
    this.#places.set(thing, place)
    return place
  }
}

/** Numbers series without joining their texts: one map a field, so that no character in a name can confuse two series. */
export class SeriesInterner {
  readonly things: SeriesKey[] = []
  readonly #root: Level = new Map()

  /** The place of the series the call belongs to. */
  placeOf(call: SeriesKey): number {
    const { account, region, category, eventSource, eventName } = call
    const bySource = below(this.#root, eventName)
    const byRegion = below(bySource, eventSource)
    const byAccount = below(byRegion, region)
    const byCategory = below(byAccount, account)
    const known = byCategory.get(category)
    if (typeof known === 'number') return known
    const place = this.things.push({ account, region, category, eventSource, eventName }) - 1
    byCategory.set(category, place)
    return place
  }
}

type Level = Map<string, Level | number>

function below(level: Level, name: string): Level {
  const known = level.get(name)
  if (typeof known === 'object') return known
  const fresh: Level = new Map()
  level.set(name, fresh)
  return fresh
}
