/** Workloads, each with its reason. */
export const SHAPES = {
  /** A working week of three accounts: reading dominates. */
  week: { days: 7 },
  /** Many small accounts for a few days: bookkeeping per file and series dominates. */
  organization: { days: 3, accounts: 20, scale: 0.3 },
} as const

/** Records a file, in turn, for what reading costs. */
export const FILE_SIZES = {
  /** Files of five minutes, 0.1 to 0.4 MB inflated: what most accounts have. */
  typical: [60, 120, 200, 260, 240, 180],
  /** 20 MB inflated: busy accounts, where the cost per file disappears. */
  large: [12_500],
} as const
