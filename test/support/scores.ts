import type { Score } from '../../models/index.ts'

/** A score of one window that is an alarm at a budget of 2, changed where told otherwise. */
export function scoreOf(rest: Partial<Score> = {}): Score {
  const untilWindow = rest.untilWindow ?? 1000
  return {
    key: 'series',
    metric: 'calls',
    family: 'dense-calls',
    direction: 'up',
    fromWindow: untilWindow - 1,
    untilWindow,
    standsUntil: untilWindow,
    unconfirmed: false,
    hotFromWindow: untilWindow - 1,
    hotUntilWindow: untilWindow,
    count: 100,
    expected: 10,
    hourly: 120,
    low: 3,
    high: 20,
    surprise: 5,
    peers: 1,
    firstSeen: false,
    terms: {},
    ...rest,
  }
}
