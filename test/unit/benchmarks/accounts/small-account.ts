import type { Reported } from '../../../../benchmarks/quality/accounts/measure/reported.ts'
import type {
  AccountWork,
  Label,
} from '../../../../benchmarks/quality/accounts/simulate/account-work.ts'
import type { Api } from '../../../../benchmarks/quality/accounts/simulate/catalogue.ts'
import { WorkLog } from '../../../../benchmarks/quality/accounts/simulate/work-log.ts'

/** Something reported, of no interest but for what is given. */
export function reportedOn(about: Partial<Reported>): Reported {
  return {
    id: 'id',
    account: 'account',
    principal: null,
    service: 's3',
    region: 'eu-west-1',
    key: 'key',
    isAggregate: false,
    errorCode: null,
    startWindow: 0,
    endWindow: (about.startWindow ?? 0) + 1,
    detectedWindow: (about.startWindow ?? 0) + 1,
    direction: 'up',
    surprise: 1,
    purse: 'pool calls',
    shape: 'person',
    count: 10,
    expected: 1,
    ageWindows: 0,
    windows: 1,
    ...about,
  }
}

/** A label of no special kind. */
export function labelOn(about: Omit<Label, 'kind'>): Label {
  return { kind: '3x level', ...about }
}

/** One API for 10 days, called by `user/0`, `user/1` and so on. */
export function workOf(
  cells: readonly { readonly window: number; readonly who: number; readonly count: number }[],
): AccountWork {
  const api: Api = {
    service: 's3',
    name: 'ListBucket',
    isWrite: false,
    isGlobal: false,
    usualError: null,
  }
  const untilWindow = 10 * 288
  const log = new WorkLog({ untilWindow, firstHeard: () => 0 })
  const people = Array.from({ length: 1 + Math.max(...cells.map(({ who }) => who)) }, (_, who) => ({
    name: `user/${who}`,
    shape: 'person' as const,
  }))
  for (const { window, who, count } of cells) {
    const principal = people[who]
    if (principal === undefined) continue
    log.record({ api, region: 'eu-west-1', window, principal, count, errorCode: null })
  }
  const { principals, series } = log
  const rest = { labels: [], changes: [] }
  return { seed: 1, kind: 'people', fromWindow: 0, untilWindow, principals, series, ...rest }
}
