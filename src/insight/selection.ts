import type { Insight } from './insight.ts'

/** What insight selectors speak of. */
export const SELECTOR_TYPES = ['ApiCallRateInsight', 'ApiErrorRateInsight'] as const
export const SELECTOR_CATEGORIES = ['Management', 'Data'] as const

/** Somebody switched detection on or off, for an account's calls of a category, from a moment of the events' time on. */
export interface SelectorChange {
  readonly account: string
  readonly insightType: (typeof SELECTOR_TYPES)[number]
  readonly category: (typeof SELECTOR_CATEGORIES)[number]
  /** Epoch milliseconds. */
  readonly atMs: number
  readonly isOn: boolean
}

/** The categories of calls that one insight type is looked for in. */
export interface Selected {
  readonly insightType: SelectorChange['insightType']
  readonly categories: readonly SelectorChange['category'][]
}

/** What is switched on or off. */
type Selectable = Pick<Insight, 'account' | 'category' | 'insightType' | 'startMs'>

type Selector = Pick<SelectorChange, 'account' | 'insightType' | 'category'>

/** Whether detection is switched on at a moment, epoch milliseconds: as it was switched last, on where it never was. */
export function isSwitchedOn(
  changes: readonly SelectorChange[],
  { account, insightType, category }: Selector,
  atMs: number,
): boolean {
  return (
    changes.findLast(
      (change) =>
        change.account === account &&
        change.insightType === insightType &&
        change.category === category &&
        change.atMs <= atMs,
    )?.isOn ?? true
  )
}

/** What is looked for in an account at a moment, epoch milliseconds; types that are off in every category are left out. */
export function selectedAt(
  changes: readonly SelectorChange[],
  account: string,
  atMs: number,
): readonly Selected[] {
  return SELECTOR_TYPES.map((insightType) => ({
    insightType,
    categories: SELECTOR_CATEGORIES.filter((category) =>
      isSwitchedOn(changes, { account, insightType, category }, atMs),
    ),
  })).filter(({ categories }) => categories.length > 0)
}

/** The switches that lead from what is looked for in an account at a moment to what is wanted from then on. */
export function switchesTo(
  wanted: readonly Selected[],
  changes: readonly SelectorChange[],
  { account, atMs }: Pick<SelectorChange, 'account' | 'atMs'>,
): readonly SelectorChange[] {
  return SELECTOR_TYPES.flatMap((insightType) =>
    SELECTOR_CATEGORIES.map((category) => ({
      ...{ account, insightType, category, atMs },
      isOn: wanted.some(
        (each) => each.insightType === insightType && each.categories.includes(category),
      ),
    })),
  ).filter((change) => change.isOn !== isSwitchedOn(changes, change, atMs))
}

/**
 * Whether an insight's type was switched on when it began. What is no management event falls under data events; the types
 * that CloudTrail does not know cannot be switched. Counting and learning go on, so that nothing has to be learned anew.
 */
export function selectionOf(changes: readonly SelectorChange[]): (insight: Selectable) => boolean {
  const inOrder = [...changes].sort((a, b) => a.atMs - b.atMs)
  return ({ account, insightType, category, startMs }) => {
    const type = SELECTOR_TYPES.find((each) => each === insightType)
    if (type === undefined) return true
    const selector = {
      ...{ account, insightType: type },
      category: category === 'Management' ? ('Management' as const) : ('Data' as const),
    }
    return isSwitchedOn(inOrder, selector, startMs)
  }
}
