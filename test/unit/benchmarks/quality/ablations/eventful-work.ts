import type { Work, WorkSeries } from '../../../../../benchmarks/quality/scenario/work.ts'
import { poisson } from '../../../../support/account-history.ts'
import { seededRandom } from '../../../../support/seeded-random.ts'
import { quietSeries } from '../measure/builders.ts'

const PER_DAY = 48
const DAYS = 35

/** Calls expected in half an hour of a day. */
type Rate = (day: number, half: number) => number

const isWorking = (day: number): boolean => day % 7 < 5
const within = (at: number, [from, until]: readonly [number, number]): boolean =>
  at >= from && at < until

/** Busier by day than by night, on working days, and at the full hour; a level higher from day 24 on. */
const office: Rate = (day, half) =>
  (within(half, [16, 36]) ? 12 : 3) *
  (isWorking(day) ? 1 : 0.4) *
  (half % 2 === 0 ? 2 : 1) *
  (day >= 24 ? 1.8 : 1)
/** Climbs by seven percent a day from its third week on. */
const climber: Rate = (day) => 4 * 1.07 ** Math.max(0, day - 12)
/** As ever but for three hours without a call, and one spike that teaches nothing. */
const steady: Rate = (day, half) => {
  if (day === 22 && half === 20) return 150
  return day === 30 && within(half, [20, 26]) ? 0 : 8
}
/** A nightly job, which runs at another time once, and some work by hand by day. */
const job: Rate = (day, half) => {
  const begin = day === 31 ? 30 : 4
  if (within(half, [begin, begin + 2])) return 25
  return day % 4 === 2 && half === 25 ? 12 : 0
}
/** An API that is new on day 18, and busy from then on. */
const newcomer: Rate = (day, half) => (day < 18 ? 0 : day === 29 && within(half, [10, 15]) ? 16 : 5)

/** A few calls now and then, and one day with two bursts. */
const twice: Rate = (day, half) => {
  if (day === 27) return half === 10 || half === 20 ? 60 : 0
  return day % 5 === 1 && half === 15 ? 4 : 0
}

/** An account of five weeks in which all happens that any part of our model is for. */
export function eventfulWork(): Work {
  const random = seededRandom(7)
  const busy = [office, climber, steady, job, newcomer].map((rate, at) =>
    seriesOf(`busy ${at}`, rate, random),
  )
  const rare = Array.from({ length: 6 }, (_, at) =>
    seriesOf(`rare ${at}`, burstsOf(at, random), random),
  )
  rare.push(seriesOf('rare twice', twice, random))
  const [first, ...others] = busy as [WorkSeries, ...WorkSeries[]]
  const [daily, ...rarer] = rare as [WorkSeries, ...WorkSeries[]]
  const both = [failing(first, random, 0.05), ...others, failing(daily, random, 0.4), ...rarer]
  return { seed: 7, startMs: 0, weeks: 5, series: both }
}

function seriesOf(key: string, rate: Rate, random: () => number): WorkSeries {
  const calls = new Int32Array(DAYS * PER_DAY)
  // Its second day is the first one scored, from the account's first call on.
  for (let at = PER_DAY; at < calls.length; at++) {
    calls[at] = poisson(random, rate(Math.floor(at / PER_DAY), at % PER_DAY))
  }
  return quietSeries({
    key,
    bucketS: 1800,
    calls,
    firstBucket: calls.findIndex((count) => count > 0),
  })
}

/** A burst every few days, mostly small; the first series has the same one every day at noon. */
function burstsOf(series: number, random: () => number): Rate {
  const begins = Array.from({ length: DAYS }, () => Math.floor(random() * 40))
  const sizes = Array.from({ length: DAYS }, () => Math.exp(3 * random()))
  return (day, half) => {
    if (series === 0 && day >= 20) return half === 24 ? 40 : 0
    if ((day + series) % (2 + series) !== 0) return 0
    const begin = begins[day] as number
    return within(half, [begin, begin + 1 + (day % 3)]) ? (sizes[day] as number) : 0
  }
}

/** The same with a share of calls failing, in two ways, and five times as many of both one evening. */
function failing(series: WorkSeries, random: () => number, share: number): WorkSeries {
  const codes = new Map(
    ['Denied', 'Throttled'].map((code) => [
      code,
      series.calls.map((calls, at) => {
        const isEvening = within(at, [32 * PER_DAY + 38, 32 * PER_DAY + 42])
        return Math.min(calls, poisson(random, calls * share * (isEvening ? 5 : 1)))
      }),
    ]),
  )
  return { ...series, codes }
}
