import type { Label } from '../../base/label.ts'
import type { Insight } from '../../insight/insight.ts'
import type { StoreReader } from '../../store/store.ts'

/** Insights that somebody said are true, as labels: what settings find is held against them, too. */
export function verdictLabels(store: StoreReader): readonly Label[] {
  return store.verdicts().flatMap(({ verdict, insight: id, note }) => {
    const known = verdict === 'true' ? store.insightById(id)?.insight : undefined
    return known === undefined ? [] : [labelOf(known, note)]
  })
}

function labelOf(insight: Insight, note: string | null): Label {
  const { account, region, eventSource, eventName, errorCode, startMs, direction } = insight
  const isSum = insight.aggregate !== null
  return {
    kind: direction === 'down' ? 'drop' : 'verdict',
    title: note ?? insight.explanation,
    ...{ account, region, errorCode },
    eventSource: isSum ? null : eventSource,
    eventName: isSum ? null : eventName,
    principal: isSum ? insight.principal : null,
    ...{ startMs, endMs: insight.endMs ?? insight.trigger.untilMs },
  }
}
