// The one door into the models, room by room in reading order.

export { invariant } from './invariant.ts'

// series/: counts on a grid of windows.

export { cellsBefore, countIn, runningSums, spread, sumEvery } from './series/counts.ts'
export {
  dayOf,
  type Grid,
  LEARN_DAYS,
  LOOKBACK_DAYS,
  type WindowSpan,
  windowsPerDay,
  windowsPerHour,
} from './series/grid.ts'
export type {
  AccountHistory,
  Aggregate,
  Counts,
  Coverage,
  Metric,
  Pool,
  SeriesHistory,
} from './series/history.ts'
export { type Run, runReach, runsOfDay } from './series/run.ts'
export { scalesOf, stepOf } from './series/scales.ts'
export { skippedDays, taughtCounts } from './series/taught.ts'

// distribution/: special functions and tails in logarithms, …

export { type BetaCut, type BetaSplit, splitBeta } from './distribution/incomplete-beta.ts'
export {
  log1mExp,
  logSumExp,
  lowerOf,
  type NearTail,
  type Tails,
  upperOf,
} from './distribution/near-tail.ts'
export { deviance, digamma, stirlingError } from './distribution/special.ts'

// … the laws, …

export { type LogNormalLaw, logNormalTail } from './distribution/log-normal.ts'
export { negativeBinomialTail } from './distribution/negative-binomial.ts'
export { logNormalSurvival, roundedNormalTail } from './distribution/normal.ts'
export { poissonTail } from './distribution/poisson.ts'

// … and the door to them: how surprising is a count?

export {
  type CountLaw,
  countQuantile,
  countTails,
  lowerTail,
  upperTail,
} from './distribution/count-tails.ts'

// baseline/: who gets a baseline, …

export {
  type Activity,
  activityOf,
  classify,
  isBusy,
  isDense,
  NEW_DAYS,
  type SeriesClass,
} from './baseline/class.ts'

// … what is normal for a dense series, …

export {
  type Baseline,
  type Dispersion,
  type KeptBaseline,
  lawOf,
  riseLaw,
  type ScaleDispersion,
  type ShareBaseline,
  type Standing,
  varianceOf,
} from './baseline/baseline.ts'
export { spanCap } from './baseline/cap.ts'
export {
  type Band,
  band,
  bandOf,
  type DayExpectation,
  dayExpectation,
  expectCount,
} from './baseline/expect.ts'
export { hourOfWeekOf, hoursOfDay } from './baseline/hour-slots.ts'
export { learnBaseline } from './baseline/learn.ts'
export { learner } from './detector/learned.ts'

// … and what an account's sparse series usually do.

export {
  addBurst,
  addSeries,
  type BurstLaw,
  type BurstSums,
  burstLaw,
  EMPTY_POOL,
  NO_BURSTS,
  type OwnLaw,
  ownLaw,
  type PoolSums,
  type SharedLaw,
} from './baseline/burst-law.ts'

// … and how wide one caller casts its net.

export {
  type RecordContext,
  type RecordLaw,
  recordHigh,
  recordLaw,
  recordSurprise,
  type Stretch,
  stretchesIn,
} from './baseline/record-law.ts'

// detector/: how surprising is every window of an account, …

export type { ScoredDay } from './detector/day-plan.ts'
export { type DenseDay, testsPerWeek } from './detector/dense-day.ts'
export { type Delivery, deliveryOf, type FallProof, longestSilence } from './detector/fall-proof.ts'
export {
  heldToRecord,
  type OwnRecord,
  type RecordQuestion,
  recordOf,
} from './detector/own-record.ts'
export { type Rescoring, rescoring } from './detector/rescoring.ts'
export { scanDense } from './detector/scan.ts'
export { type BreadthDay, scanBreadth } from './detector/scan-breadth.ts'
export { type SparseDay, scanSparse } from './detector/scan-sparse.ts'
export {
  FAMILIES,
  type Family,
  familyOf,
  type Keep,
  LOOSEST,
  leastKept,
  type Score,
  termsOf,
} from './detector/score.ts'
export {
  type AccountScores,
  type DayScores,
  type DaysToScore,
  daysToScore,
  type HowToScore,
  type KnownBaselines,
  scoreAccount,
} from './detector/score-account.ts'
export type { SeriesExpectation, SeriesStanding } from './detector/score-day.ts'
export type { DaySpan } from './detector/subject.ts'

// … which are alarms at a sensitivity, and what becomes of them.

export {
  decide,
  type Gate,
  type Held,
  isUnderFloor,
  leastTold,
  type Verdict,
  whyNot,
} from './detector/decide.ts'
export { type Episode, episodesOf } from './detector/episode.ts'
export { type Incident, type IncidentMember, incidentsOf } from './detector/incident.ts'
export {
  isNewsworthy,
  newApiSurprise,
  type Sightings,
  sightingsPerWeek,
} from './detector/new-apis.ts'
export { rarityInAccount, rarityInSeries } from './detector/rarity.ts'
export {
  accountBudget,
  organizationFor,
  rarityNeeded,
  type Sensitivity,
  type SensitivityOverride,
  sensitivity,
  withOverride,
} from './detector/sensitivity.ts'
export { onceInWeeks, severityOf } from './detector/severity.ts'
export { smallestBurst } from './detector/smallest-burst.ts'
export { type Told, type ToldSum, unsaid } from './detector/unsaid.ts'

// evaluation/: how well were labelled incidents found?

export { averagePrecision } from './evaluation/average-precision.ts'
export { binomialInterval } from './evaluation/binomial-interval.ts'
export {
  type JudgedAlarm,
  type JudgedHistory,
  type JudgedLabel,
  judgeAlarms,
} from './evaluation/judge-alarms.ts'
export { type PerWeek, perWeek } from './evaluation/per-week.ts'
export { type Interval, poissonInterval } from './evaluation/poisson-interval.ts'
export { type Outcomes, type Tally, tally } from './evaluation/tally.ts'
