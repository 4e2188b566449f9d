import { rfc3339 } from '../../base/times.ts'
import { insightView } from '../../insight/view.ts'
import type { InsightRevision, SeriesRow } from '../../store/store.ts'

const MINUTE_MS = 60_000

/** An insight, whole. Where the schema of an answer has fewer fields, the others are left out on the way. */
export function insightReply({ insight, revision, status }: InsightRevision) {
  return Object.assign(insightView(insight), { revision, status })
}

/** An insight as it stands in lists, without attributions and arithmetic, for forms that know no schema. */
export function insightItem(row: InsightRevision) {
  const {
    attributions: _who,
    episodeAttributions: _whoLater,
    arithmetic: _terms,
    ...item
  } = insightReply(row)
  return item
}

/** A series as the outside sees it. */
export function seriesReply(row: SeriesRow) {
  const { id, account, region, category, eventSource, eventName, calls, errors, reads } = row
  return {
    ...{ id, account, region, category, eventSource, eventName, calls, errors, reads },
    firstTime: rfc3339(row.firstMinute * MINUTE_MS),
    lastTime: rfc3339(row.lastMinute * MINUTE_MS),
  }
}
