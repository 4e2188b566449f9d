import {
  perWeek,
  type SharedLaw,
  type Standing,
  smallestBurst,
  withOverride,
} from '../../models/index.ts'
import type { Settings } from '../base/settings.ts'
import { serviceOf } from '../insight/service.ts'
import { everyPage } from '../store/every-page.ts'
import { newestWatermarkMs } from '../store/newest-watermark.ts'
import type { AccountNews, StoreReader } from '../store/store.ts'
import { allSeries } from './account-history.ts'
import { sensitivityOf } from './decide-account.ts'
import { overridesForAll, together } from './overrides.ts'

/** What a user can see now: said at the end of every run. */
export interface Outlook {
  readonly accounts: number
  readonly series: { readonly dense: number; readonly sparse: number; readonly learning: number }
  /** Days from the first counted minute to the newest watermark. */
  readonly days: number
  /** The smallest burst on a rarely used API that would be noticed, by account. */
  readonly smallestBurst: readonly { readonly account: string; readonly calls: number }[]
  /** Incidents a week: asked for in all accounts together, and on this history with their 95 % interval, real ones included. */
  readonly incidentsPerWeek: {
    readonly asked: number
    readonly got: number
    readonly low: number
    readonly high: number
  }
  /** What they are counted over. */
  readonly weeks: number
  readonly openInsights: number
  /** Levels that rose, stand, and were not confirmed yet: `source:name`, and since when. */
  readonly unconfirmedLevels: readonly { readonly api: string; readonly sinceMs: number }[]
  /** The trail seems to hold writes only: reconnaissance cannot be seen. */
  readonly writesOnly: boolean
}

/** Sums up a store for the closing lines of a run. */
export function outlookOf(store: StoreReader, settings: Settings): Outlook {
  const accounts = store.accounts()
  const firstMs = Math.min(...accounts.map(({ firstMinute }) => firstMinute * 60_000))
  const untilMs = newestWatermarkMs(store)
  const days = accounts.length === 0 ? 0 : Math.max(0, (untilMs - firstMs) / 86_400_000)
  const all = store.standing()
  const alarms = all.filter(({ insightType }) => insightType !== 'NewApiInsight')
  const incidents = new Set(alarms.map(({ incident }) => incident)).size
  const open = [...everyPage((page) => store.insights({ state: ['open'] }, 'startTime', page))]
  const weeks = days / 7
  return {
    accounts: accounts.length,
    series: standingsOf(store, accounts),
    days,
    smallestBurst: accounts.map(({ account }) => ({
      account,
      calls: burstOf(store, settings, account, untilMs),
    })),
    incidentsPerWeek: {
      asked: Math.min(
        settings.alarmBudget.account * accounts.length,
        settings.alarmBudget.organization,
      ),
      ...perWeek(incidents, weeks),
    },
    weeks,
    unconfirmedLevels: open
      .map(({ insight }) => insight)
      .filter(({ unconfirmedLevel }) => unconfirmedLevel)
      .map(({ eventSource, eventName, startMs }) => ({
        api: `${serviceOf(eventSource)}:${eventName}`,
        sinceMs: startMs,
      })),
    openInsights: open.length,
    writesOnly:
      accounts.length > 0 &&
      accounts.every(({ account }) =>
        [...allSeries(store, account)].every(({ reads }) => reads === 0),
      ),
  }
}

function standingsOf(store: StoreReader, accounts: readonly AccountNews[]): Outlook['series'] {
  const series: Record<Standing['kind'], number> = { dense: 0, sparse: 0, learning: 0 }
  for (const { account } of accounts) {
    for (const [kind, count] of store.standingKinds(account))
      series[kind as Standing['kind']] += count
  }
  return series
}

function burstOf(store: StoreReader, settings: Settings, account: string, untilMs: number): number {
  const day = Math.floor(untilMs / 86_400_000)
  const law = (store.law(account, day) as { calls: SharedLaw } | null)?.calls
  const windows = untilMs / (settings.windowMinutes * 60_000)
  const override = together(overridesForAll(settings.overrides, account))
  const sensitivity = withOverride(sensitivityOf(store, settings)(windows), override)
  return law ? smallestBurst(law, sensitivity, 'calls') : sensitivity.floors.calls
}
