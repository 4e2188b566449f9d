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

/**
 * Whether an insight's type was switched on when it began. What is no management event falls under data events; the types
 * that CloudTrail does not know cannot be switched. Counting and learning go on, so that nothing has to be learned anew.
 */
export function selectionOf(changes: readonly SelectorChange[]): (insight: Insight) => boolean {
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
