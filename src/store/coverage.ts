/** What is known of an hour of deliveries: complete as CloudTrail signed it; not logged; lost; or not as it was delivered. */
export type HourState = 'proven' | 'gap' | 'missing' | 'damaged'

export const HOUR_STATES = ['proven', 'gap', 'missing', 'damaged'] as const

/** Whole clock hours of deliveries since the epoch, `[fromHour, untilHour)`, in one state. */
export interface HourStretch {
  readonly fromHour: number
  readonly untilHour: number
  readonly state: HourState
}

/** What one trail's digests say of an account and Region: ascending and apart. Hours they do not speak for are left out. */
export interface CoverageWord {
  readonly account: string
  readonly region: string
  /** Name and home Region of the trail: its later word replaces its earlier one. */
  readonly trail: string
  readonly stretches: readonly HourStretch[]
}

/** What all trails together say of an account and Region. */
export interface CoverageStretch extends HourStretch {
  readonly account: string
  readonly region: string
}

/** Several values are alternatives; absent: everything. */
export interface CoverageFilter {
  readonly account?: readonly string[]
  readonly region?: readonly string[]
  /** Stretches are cut to [fromMs, untilMs), in whole hours that it touches. */
  readonly fromMs?: number
  readonly untilMs?: number
}

export const COVERAGE_HOUR_MS = 3_600_000

/** Where one trail proves an hour, no other can take it back: one complete copy of the calls is enough. */
const RANK: Readonly<Record<HourState, number>> = { gap: 0, missing: 1, damaged: 2, proven: 3 }

/** What stood, with the later word in its place wherever that speaks. */
export function overlaid(
  before: readonly HourStretch[],
  word: readonly HourStretch[],
): readonly HourStretch[] {
  return flattened([before, word], ([stood, said]) => said ?? stood)
}

/** One answer out of what several trails say. */
export function combined(words: readonly (readonly HourStretch[])[]): readonly HourStretch[] {
  return flattened(words, (states) =>
    states.reduce((best, state) => {
      if (best === undefined || state === undefined) return best ?? state
      return RANK[state] > RANK[best] ? state : best
    }, undefined),
  )
}

/** The first hour that two answers differ on; null: they say the same. */
export function firstDifference(
  one: readonly HourStretch[],
  other: readonly HourStretch[],
): number | null {
  const changes = boundsOf([one, other])
  return changes.find((hour) => stateAt(one, hour) !== stateAt(other, hour)) ?? null
}

/** Stretches cut to [fromHour, untilHour). */
export function cut<Of extends HourStretch>(
  stretches: readonly Of[],
  { fromHour, untilHour }: { readonly fromHour: number; readonly untilHour: number },
): readonly Of[] {
  return stretches
    .map((each) => ({
      ...each,
      fromHour: Math.max(each.fromHour, fromHour),
      untilHour: Math.min(each.untilHour, untilHour),
    }))
    .filter((each) => each.fromHour < each.untilHour)
}

type Choose = (states: readonly (HourState | undefined)[]) => HourState | undefined

/** One layer out of several; stretches that touch and agree are joined. */
function flattened(
  layers: readonly (readonly HourStretch[])[],
  choose: Choose,
): readonly HourStretch[] {
  const bounds = boundsOf(layers)
  const flat: HourStretch[] = []
  const places = layers.map(() => 0)
  for (const [at, fromHour] of bounds.entries()) {
    const untilHour = bounds[at + 1]
    if (untilHour === undefined) break
    const states = layers.map((layer, index) => {
      while ((layer[places[index] ?? 0]?.untilHour ?? Number.POSITIVE_INFINITY) <= fromHour)
        places[index] = (places[index] ?? 0) + 1
      const found = layer[places[index] ?? 0]
      return found !== undefined && found.fromHour <= fromHour ? found.state : undefined
    })
    const state = choose(states)
    if (state === undefined) continue
    const last = flat.at(-1)
    if (last?.untilHour === fromHour && last.state === state)
      flat[flat.length - 1] = { ...last, untilHour }
    else flat.push({ fromHour, untilHour, state })
  }
  return flat
}

function boundsOf(layers: readonly (readonly HourStretch[])[]): readonly number[] {
  const bounds = layers.flat().flatMap(({ fromHour, untilHour }) => [fromHour, untilHour])
  return [...new Set(bounds)].sort((one, other) => one - other)
}

const stateAt = (stretches: readonly HourStretch[], hour: number): HourState | undefined =>
  stretches.find(({ fromHour, untilHour }) => fromHour <= hour && hour < untilHour)?.state
