import type { Operation } from './operation.ts'
import { listInsightsData } from './operations/list-insights-data.ts'
import { lookupEvents } from './operations/lookup-events.ts'
import { listInsightsMetricData } from './operations/metric-data.ts'
import { getInsightSelectors, putInsightSelectors } from './operations/selectors.ts'
import {
  describeTrails,
  getEventSelectors,
  getTrail,
  getTrailStatus,
  listTrails,
} from './operations/trails.ts'

/** Every operation that is answered, by its name on the wire. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['LookupEvents', lookupEvents],
  ['ListInsightsData', listInsightsData],
  ['ListInsightsMetricData', listInsightsMetricData],
  ['GetInsightSelectors', getInsightSelectors],
  ['PutInsightSelectors', putInsightSelectors],
  ['DescribeTrails', describeTrails],
  ['ListTrails', listTrails],
  ['GetTrail', getTrail],
  ['GetTrailStatus', getTrailStatus],
  ['GetEventSelectors', getEventSelectors],
])
