/** Seeds that models may be developed on: look at them as often as you like. */
export const DEVELOPMENT_SEEDS: readonly number[] = [1, 2, 3]

/** Seeds held back for the figures that are published. Whoever tunes on them has none left. */
export const HELD_BACK_SEEDS: readonly number[] = [101, 102, 103, 104, 105, 106]
