/** Workloads, each with its reason. */
export const SHAPES = {
  /** A working week of three accounts: reading dominates. */
  week: { days: 7 },
  /** Many small accounts for a few days: bookkeeping per file and series dominates. */
  organization: { days: 3, accounts: 20, scale: 0.3 },
} as const
