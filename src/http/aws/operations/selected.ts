import {
  isSwitchedOn,
  SELECTOR_CATEGORIES,
  SELECTOR_TYPES,
  type SelectorChange,
} from '../../../insight/selection.ts'
import type { AwsHouse } from '../operation.ts'

/** What one insight type is looked for in. */
export interface InsightSelector {
  readonly InsightType: SelectorChange['insightType']
  readonly EventCategories: readonly SelectorChange['category'][]
}

/** The selectors of an account that are switched on now. */
export function selectedIn({ store, now }: AwsHouse, account: string): readonly InsightSelector[] {
  const changes = store.selectorChanges()
  return SELECTOR_TYPES.map((insightType) => ({
    InsightType: insightType,
    EventCategories: SELECTOR_CATEGORIES.filter((category) =>
      isSwitchedOn(changes, { account, insightType, category }, now()),
    ),
  })).filter(({ EventCategories }) => EventCategories.length > 0)
}

/** The switches that lead from the selectors there are to those wanted. */
export function switchesTo(
  house: AwsHouse,
  account: string,
  wanted: readonly InsightSelector[],
): readonly SelectorChange[] {
  const has = (all: readonly InsightSelector[], { insightType, category }: SelectorChange) =>
    all.some((each) => each.InsightType === insightType && each.EventCategories.includes(category))
  const before = selectedIn(house, account)
  const atMs = house.now()
  return SELECTOR_TYPES.flatMap((insightType) =>
    SELECTOR_CATEGORIES.map((category) => {
      const change = { account, insightType, category, atMs, isOn: true }
      return { ...change, isOn: has(wanted, change) }
    }),
  ).filter((change) => change.isOn !== has(before, change))
}
