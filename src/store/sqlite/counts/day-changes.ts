/** Rows `[from, until)` of `DayChanges.numbers`: what changes in one series on one day. */
export interface DayPart {
  readonly day: number
  readonly series: number
  from: number
  until: number
}

/** Changes put together by day and series. */
export interface DayChanges {
  /** Ascending by day and series: the order of the tables they go to, whose pages fill up one after the other. */
  readonly parts: readonly DayPart[]
  /** The rows without their series, those of a part one behind the other and in the order they came. */
  readonly numbers: Int32Array
}

interface RowForm {
  /** Numbers a row: its series first, then its minute or slot. */
  readonly width: number
  /** Minutes or slots of a day. */
  readonly perDay: number
  /** Days of series that are asked for though nothing may change there. */
  readonly also?: readonly (readonly [series: number, day: number])[]
}

/** Puts rows together by day and series; no object a row. */
export function byDay(
  lists: readonly Int32Array[],
  { width, perDay, also = [] }: RowForm,
): DayChanges {
  const days = new Days()
  for (const [series, day] of also) days.placeOf(series, day)
  const rows = lists.reduce((sum, { length }) => sum + length, 0) / width
  const places = new Int32Array(rows)
  let row = 0
  for (const list of lists) {
    for (let at = 0; at < list.length; at += width) {
      const day = Math.floor((list[at + 1] as number) / perDay)
      const place = days.placeOf(list[at] as number, day)
      places[row++] = place
      ;(days.parts[place] as DayPart).until += width - 1
    }
  }
  const parts = laidOut(days.parts)
  const numbers = new Int32Array(rows * (width - 1))
  row = 0
  for (const list of lists) {
    for (let at = 0; at < list.length; at += width) {
      const part = days.parts[places[row++] as number] as DayPart
      for (let column = 1; column < width; column++)
        numbers[part.until++] = list[at + column] as number
    }
  }
  return { parts, numbers }
}

/** Gives each part, whose `until` is how much it will hold, its place; they are empty then. */
function laidOut(parts: readonly DayPart[]): DayPart[] {
  const ordered = [...parts].sort((one, other) => one.day - other.day || one.series - other.series)
  let from = 0
  for (const part of ordered) {
    const size = part.until
    part.from = from
    part.until = from
    from += size
  }
  return ordered
}

/** The days of series, numbered; most changes of a series are of the same day as the change before. */
class Days {
  readonly parts: DayPart[] = []
  readonly #bySeries: Map<number, number>[] = []
  readonly #last: number[] = []

  placeOf(series: number, day: number): number {
    const last = this.#last[series]
    if (last !== undefined && this.parts[last]?.day === day) return last
    let days = this.#bySeries[series]
    if (days === undefined) {
      days = new Map()
      this.#bySeries[series] = days
    }
    let place = days.get(day)
    if (place === undefined) {
      place = this.parts.push({ day, series, from: 0, until: 0 }) - 1
      days.set(day, place)
    }
    this.#last[series] = place
    return place
  }
}
