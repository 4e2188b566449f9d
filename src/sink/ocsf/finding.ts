import { VERSION } from '../../base/version.ts'
import { ALL_REGIONS } from '../../insight/aggregate.ts'
import { apiWords } from '../../insight/api-words.ts'
import { recordId } from '../../insight/identity.ts'
import type { Insight } from '../../insight/insight.ts'
import { serviceOf } from '../../insight/service.ts'
import { type SeverityWord, severityWord } from '../../insight/severity.ts'
import { safeJson } from '../safe.ts'

/** The version of the OCSF schema that findings keep to. */
const OCSF_VERSION = '1.3.0'
const DETECTION_FINDING = 2004
const SEVERITIES = {
  info: { severity_id: 1, severity: 'Informational' },
  minor: { severity_id: 2, severity: 'Low' },
  major: { severity_id: 4, severity: 'High' },
  critical: { severity_id: 5, severity: 'Critical' },
} as const satisfies Record<SeverityWord, object>

/**
 * An insight as an OCSF Detection Finding (class 2004, profile cloud): `Create` while it lasts, `Close` once it is over. Both have one
 * `finding_info.uid`; `metadata.uid` is the `eventID` of its Start or End record; `correlation_uid` is the incident. Times are epoch
 * milliseconds. What OCSF has no place for stands in `unmapped`.
 */
export function findingOf(insight: Insight): object {
  const { account, region, endMs, explanation, incident } = insight
  const isOver = insight.state === 'closed'
  const activity_id = isOver ? 3 : 1
  return {
    ...{ activity_id, activity_name: isOver ? 'Close' : 'Create' },
    ...{ category_uid: 2, category_name: 'Findings' },
    ...{ class_uid: DETECTION_FINDING, class_name: 'Detection Finding' },
    type_uid: DETECTION_FINDING * 100 + activity_id,
    type_name: `Detection Finding: ${isOver ? 'Close' : 'Create'}`,
    ...SEVERITIES[severityWord(insight.severity)],
    // Nobody has reviewed it: what is over by itself is not resolved.
    ...(isOver ? { status_id: 99, status: 'Ended' } : { status_id: 1, status: 'New' }),
    time: insight.detectedMs,
    start_time: insight.startMs,
    ...(endMs !== null && { end_time: endMs }),
    message: explanation,
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'Offtrail', vendor_name: 'Offtrail', version: VERSION },
      profiles: ['cloud'],
      uid: recordId(insight.id, isOver ? 'End' : 'Start'),
      ...(incident !== '' && { correlation_uid: incident }),
    },
    cloud: {
      provider: 'AWS',
      account: { uid: account, type_id: 10, type: 'AWS Account' },
      ...(region !== ALL_REGIONS && { region }),
    },
    finding_info: infoOf(insight),
    evidences: evidencesOf(insight),
    unmapped: unmappedOf(insight),
  }
}

/** Findings as a JSON array on one line. */
export function ocsfJson(insights: readonly Insight[]): string {
  return safeJson(insights.map(findingOf))
}

/** Findings, one a line. */
export function findingsAsNdjson(insights: readonly Insight[]): string {
  return insights.map((insight) => `${safeJson(findingOf(insight))}\n`).join('')
}

function infoOf(insight: Insight): object {
  const { id, insightType, startMs, endMs, detectedMs, direction, explanation } = insight
  return {
    uid: id,
    title: `${direction === 'up' ? 'Unusually many' : 'Unusually few'}: ${apiWords(insight)}`,
    desc: explanation,
    types: [insightType],
    analytic: { name: insightType, type_id: 3, type: 'Statistical', version: VERSION },
    ...{ created_time: detectedMs, first_seen_time: startMs },
    ...(endMs !== null && { last_seen_time: endMs, modified_time: endMs }),
  }
}

/** The API with whoever called it; of a sum over many APIs those behind it. */
function evidencesOf(insight: Insight): readonly object[] {
  const { eventSource, eventName, errorCode, principal, aggregate, trigger } = insight
  const actor = principal === null ? {} : { actor: { user: { uid: principal } } }
  if (aggregate !== null && aggregate.topApis.length > 0) {
    return aggregate.topApis.map(({ api, calls }) => ({ ...apiOf(api), ...actor, data: { calls } }))
  }
  const { expected, low, high } = insight
  const { api } = apiOf(`${eventSource}:${eventName}`)
  return [
    {
      api: { ...api, ...(errorCode !== null && { response: { error: errorCode } }) },
      ...actor,
      data: { calls: trigger.count, minutes: trigger.duration, expected, low, high },
    },
  ]
}

function apiOf(name: string): { readonly api: object } {
  const at = name.indexOf(':')
  const [source, operation] = [name.slice(0, at), name.slice(at + 1)]
  return { api: { operation, service: { name: serviceOf(source) } } }
}

function unmappedOf(insight: Insight): object {
  const { category, direction, severity, score, peakScore, readOnly, firstSeen } = insight
  const { baseline, trigger, episode, attributions } = insight
  return {
    ...{ category, direction, severity, score, peakScore, readOnly, firstSeen },
    ...{ baselineAverage: baseline.average, insightAverage: (episode ?? trigger).average },
    attributions,
  }
}
