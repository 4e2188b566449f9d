import { type Settings, settingsFrom } from '../../../../src/base/settings.ts'
import { type Insight, isAlarm } from '../../../../src/insight/insight.ts'
import { standing } from '../../../../src/pipeline/delivery/deliver.ts'
import { detect } from '../../../../src/pipeline/scoring/detect.ts'
import type { Purse, Reported } from '../measure/reported.ts'
import type { AccountWork, ApiSeries, Tallied } from '../simulate/account-work.ts'
import { GRID } from '../simulate/calendar.ts'
import { loudestOf } from './principal.ts'
import { withStore } from './store-of.ts'

const WINDOW_MS = GRID.windowMinutes * 60_000

/** What the product told of an account, by the alarm budget it was asked for. */
export interface OurReports {
  readonly work: AccountWork
  readonly atBudgets: ReadonlyMap<number, readonly Reported[]>
}

/** Has the product look at a whole account, the first day included, and decide at each budget. */
export async function lookOurs(work: AccountWork, budgets: readonly number[]): Promise<OurReports> {
  const apis = new Map(work.series.map((api) => [api.key, api]))
  const atBudgets = new Map<number, readonly Reported[]>()
  await withStore(work, async (store) => {
    // The first call scores; the others decide again.
    for (const budget of budgets) {
      await detect(store, settingsAt(budget))
      const told = [...standing(store)].filter(isAlarm)
      atBudgets.set(
        budget,
        told.map((insight) => reportedOf(work, apis, insight)),
      )
    }
  })
  return { work, atBudgets }
}

/** What an account is told at one of the budgets it was looked at with. */
export function reportOurs({ atBudgets }: OurReports, budget: number): readonly Reported[] {
  const told = atBudgets.get(budget)
  if (told === undefined) throw new Error(`the product was not asked for ${budget} a week`)
  return told
}

/** The product as it comes, but for how much it may tell. */
function settingsAt(budget: number): Settings {
  return settingsFrom({ alarmBudget: { account: budget, organization: budget, newApis: 0 } })
}

function reportedOf(
  work: AccountWork,
  apis: ReadonlyMap<string, ApiSeries>,
  insight: Insight,
): Reported {
  const { region, eventSource, eventName, trigger, endMs, errorCode, direction } = insight
  const key = [region, eventSource, eventName].join(' ')
  const tallied = talliedOf(apis.get(key), insight)
  const startWindow = insight.startMs / WINDOW_MS
  return {
    ...{ id: insight.id, account: `${work.kind} ${work.seed}`, principal: insight.principal },
    ...{ service: eventSource, region, key, isAggregate: insight.aggregate !== null, errorCode },
    ...{ startWindow, endWindow: endMs === null ? null : endMs / WINDOW_MS },
    ...{ direction, surprise: insight.peakScore, purse: purseOf(insight) },
    shape: shapeOf(work, tallied, insight),
    detectedWindow: insight.detectedMs / WINDOW_MS,
    ...{ count: trigger.count, expected: insight.expected },
    ageWindows: startWindow - (tallied?.counts.at[0] ?? work.fromWindow),
    windows: trigger.duration / GRID.windowMinutes,
  }
}

/** The rate it is about; undefined where it is about many. */
function talliedOf(api: ApiSeries | undefined, { errorCode }: Insight): Tallied | undefined {
  return errorCode === null ? api?.calls : api?.errors.get(errorCode)
}

function purseOf({ aggregate, errorCode, arithmetic }: Insight): Purse {
  if (aggregate !== null) return 'aggregates'
  if (errorCode !== null) return 'errors'
  // Only the law of bursts counts them.
  return 'burst' in arithmetic ? 'pool calls' : 'dense calls'
}

/** Who is blamed, or else was the loudest. */
function shapeOf(
  work: AccountWork,
  tallied: Tallied | undefined,
  { principal, startMs, endMs, trigger, direction }: Insight,
): Reported['shape'] {
  const blamed = work.principals.find(({ name }) => name === principal)
  if (blamed !== undefined) return blamed.shape
  if (tallied === undefined) return 'nobody'
  const startWindow = startMs / WINDOW_MS
  const endWindow = (endMs ?? trigger.untilMs) / WINDOW_MS
  return loudestOf(work, { tallied, startWindow, endWindow, direction })
}
