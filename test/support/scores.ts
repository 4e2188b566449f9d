import { rarityInAccount, type Score } from '../../models/index.ts'

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

/** The surprise that is as rare in an account as asked, to the last bit: the least that is no less rare. */
export function surpriseOf(rarity: number): number {
  let [under, enough] = [-100, 1000]
  for (let middle = 450; middle > under && middle < enough; middle = (under + enough) / 2) {
    if (rarityInAccount(middle) >= rarity) enough = middle
    else under = middle
  }
  return enough
}
