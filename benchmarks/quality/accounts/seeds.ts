/** Seeds that models may be looked at with, and changed after. */
export const DEVELOPMENT_SEEDS: readonly number[] = [1, 2, 3]

/** Seeds for the figures that are told to others: nothing is ever changed after a look at them. */
export const HELD_BACK_SEEDS: readonly number[] = Array.from({ length: 12 }, (_, at) => 101 + at)
