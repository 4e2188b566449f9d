import {
  between,
  chance,
  pick,
  type Random,
  randomOf,
  whole,
} from '../../quality/scenario/random.ts'
import type { TrailShape } from '../../shapes.ts'
import { APIS, type Api } from './apis.ts'
import { momentAt } from './calendar.ts'
import type { Event } from './record.ts'

export const ACCOUNT = 210_987_654_321
/** A Monday. */
export const START_MS = Date.UTC(2026, 8, 7)
const REGIONS = ['us-east-1', 'us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1'] as const
const AGENTS = Array.from(
  { length: 60 },
  (_, at) =>
    `aws-sdk-java/2.20.${at} Linux/5.10.0 OpenJDK_64-Bit_Server_VM/17.0.${at % 9} exec-env/AWS_ECS_FARGATE`,
)

/** Of all events: where a burst of one API begins, in the last third, and how long it lasts. */
const BURSTS = [0.7, 0.8, 0.93] as const
const BURST_SHARE = 0.0005

/** The events of busy accounts, in order of time; the same seed gives the same. */
export function* eventsOf(shape: TrailShape): Generator<Event> {
  const { events, days, seed, strangers, accounts = 1 } = shape
  const random = randomOf(seed, 'events')
  const moment = momentAt(days)
  const pickApi = popular(APIS)
  for (let at = 0; at < events; at++) {
    const share = (at + random.uniform()) / events
    const burst = BURSTS.findIndex((begin) => share >= begin && share < begin + BURST_SHARE)
    const api = burst >= 0 && chance(random, 0.6) ? (APIS[burst * 20 + 10] as Api) : pickApi(random)
    yield {
      account: String(ACCOUNT + (at % accounts)),
      region: pick(random, REGIONS),
      api,
      errorCode: chance(random, api.errorShare) ? api.errorCode : null,
      second: START_MS / 1000 + Math.floor(moment(share)),
      agent: strangers ? `agent/${at} ${between(random, 0, 1)}` : pick(random, AGENTS),
      session: strangers ? `session-${at}` : `session-${whole(random, 1, 300)}`,
    }
  }
}

/** Draws by Zipf's law: the n-th API is called 1/n times as often as the first. */
function popular(apis: readonly Api[]): (random: Random) => Api {
  const until: number[] = []
  let sum = 0
  for (const at of apis.keys()) {
    sum += 1 / (at + 1)
    until.push(sum)
  }
  return (random) => {
    const target = random.uniform() * sum
    let [low, high] = [0, until.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((until[middle] ?? 0) > target) high = middle
      else low = middle + 1
    }
    return apis[low] as Api
  }
}
