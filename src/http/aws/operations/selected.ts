import { type Selected, selectedAt } from '../../../insight/selection.ts'
import type { AwsHouse } from '../operation.ts'

/** What one insight type is looked for in, in AWS's words. */
export interface InsightSelector {
  readonly InsightType: Selected['insightType']
  readonly EventCategories: Selected['categories']
}

/** The selectors of an account that are switched on now. */
export function selectedIn({ store, now }: AwsHouse, account: string): readonly InsightSelector[] {
  return selectedAt(store.selectorChanges(), account, now()).map(({ insightType, categories }) => ({
    ...{ InsightType: insightType, EventCategories: categories },
  }))
}
