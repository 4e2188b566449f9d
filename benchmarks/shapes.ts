/** A trail to be made: so many days. */
export interface TrailShape {
  readonly seed: number
  readonly events: number
  readonly days: number
  /** Records a file, in turn. */
  readonly sizes: readonly number[]
  /** Whether every event has a user agent and a session name of its own. */
  readonly strangers: boolean
  /** Accounts whose events take turns; one unless said otherwise. */
  readonly accounts?: number
}

/** Records a file, in turn. */
const FILE_SIZES = {
  /** Files of five minutes, 0.1 to 0.4 MB inflated: what most accounts have. */
  typical: [60, 120, 200, 260, 240, 180],
  /** 20 MB inflated: busy accounts, where the cost per file disappears. */
  large: [12_500],
} as const

/** How much is made: `events` is the month at 1×. */
export interface Scale {
  readonly events: number
  readonly typical: number
  readonly large: number
  /** Organisations of a few and of many accounts, and the events of each account. */
  readonly accounts: { readonly few: number; readonly many: number; readonly events: number }
  /** Series that rates are measured on; the share of the series of the targets, and the days of backfill. */
  readonly scoring: { readonly rates: number; readonly share: number; readonly days: number }
  /** Insights in the store that is asked over HTTP; seconds that pages are counted, and that slow sockets are held open. */
  readonly http: {
    readonly insights: number
    readonly seconds: number
    readonly slowSeconds: number
  }
  readonly rounds: number
  /** Of whole runs on months, which take longest. */
  readonly monthRounds: number
}

export const SCALES = {
  /** Seconds: does everything still run? */
  small: {
    events: 4_000,
    typical: 12_000,
    large: 25_000,
    accounts: { few: 2, many: 8, events: 400 },
    scoring: { rates: 10, share: 0.01, days: 5 },
    http: { insights: 1_000, seconds: 1, slowSeconds: 1 },
    rounds: 1,
    monthRounds: 1,
  },
  /** Under five minutes on two cores. */
  usual: {
    events: 24_000,
    typical: 240_000,
    large: 150_000,
    accounts: { few: 4, many: 16, events: 3_000 },
    scoring: { rates: 100, share: 0.1, days: 20 },
    http: { insights: 100_000, seconds: 5, slowSeconds: 15 },
    rounds: 3,
    monthRounds: 1,
  },
  /** The sizes of which the targets speak: a month of a million events, four million at 16×. */
  full: {
    events: 250_000,
    typical: 1_000_000,
    large: 1_000_000,
    accounts: { few: 8, many: 64, events: 5_000 },
    scoring: { rates: 300, share: 1, days: 90 },
    http: { insights: 100_000, seconds: 10, slowSeconds: 30 },
    rounds: 5,
    monthRounds: 3,
  },
} as const satisfies Readonly<Record<string, Scale>>

export const MONTH_DAYS = 30
const common = { seed: 3, days: MONTH_DAYS, sizes: FILE_SIZES.typical, strangers: false }

/** The same busy account for a month, with `times` the calls: reading, storing and memory grow, the number of series does not. */
export function month(scale: Scale, times: number): TrailShape {
  return { ...common, events: scale.events * times }
}

/** The month with a user agent and a session of its own for each event: nothing can be remembered. */
export function strangers(scale: Scale, times: number): TrailShape {
  return { ...month(scale, times), strangers: true }
}

/** A month of so many accounts, each with as many calls: what grows is how many there are. */
export function organisation(scale: Scale, accounts: number): TrailShape {
  return { ...common, events: scale.accounts.events * accounts, accounts }
}

/** Two busy days in files of five minutes: what a trail reader meets. */
export function typicalFiles(scale: Scale): TrailShape {
  return { ...common, events: scale.typical, days: 2 }
}

/** One busy day in large files. */
export function largeFiles(scale: Scale): TrailShape {
  return { ...common, events: scale.large, days: 1, sizes: FILE_SIZES.large }
}
