import { ratePerMinute } from './averages.ts'
import type {
  Attribute,
  AttributedValue,
  Attribution,
  InsightCategory,
  InsightType,
} from './insight.ts'

const VALUES_PER_SIDE = 5

/** Calls by who or what made them. `null`: more distinct values than are counted, so none is known. */
export interface ActorCounts {
  readonly identity: ReadonlyMap<string, number> | null
  readonly agent: ReadonlyMap<string, number> | null
  /** By error code; the key `null` is success. */
  readonly errorCode: ReadonlyMap<string | null, number> | null
  readonly resource: ReadonlyMap<string, number> | null
}

export interface AttributionQuestion {
  /** The insight's own window. */
  readonly insight: ActorCounts
  readonly insightMinutes: number
  /** The seven days of the published baseline. */
  readonly baseline: ActorCounts
  readonly baselineMinutes: number
  readonly insightType: InsightType
  readonly category: InsightCategory
}

/**
 * Who and what made the calls, insight beside baseline, as CloudTrail Insights lists it: at most five
 * values a side by falling average per minute (equal ones by code point). Error codes appear on
 * call-rate insights only ("null" is success), resources on data events only. A block is left out
 * where either side is past the cap of distinct values, or where neither side has a value.
 */
export function attributionsOf(question: AttributionQuestion): Attribution[] {
  return attributesFor(question).flatMap((attribute) => blockOf(attribute, question))
}

function attributesFor({ insightType, category }: AttributionQuestion): Attribute[] {
  const attributes: Attribute[] = ['userIdentityArn', 'userAgent']
  if (insightType !== 'ApiErrorRateInsight') attributes.push('errorCode')
  if (category === 'Data') attributes.push('resourceArn')
  return attributes
}

const KINDS = {
  userIdentityArn: 'identity',
  userAgent: 'agent',
  errorCode: 'errorCode',
  resourceArn: 'resource',
} as const satisfies Record<Attribute, keyof ActorCounts>

function blockOf(attribute: Attribute, question: AttributionQuestion): Attribution[] {
  const insightCounts = question.insight[KINDS[attribute]]
  const baselineCounts = question.baseline[KINDS[attribute]]
  if (insightCounts === null || baselineCounts === null) return []
  const insight = topValues(insightCounts, question.insightMinutes)
  const baseline = topValues(baselineCounts, question.baselineMinutes)
  return insight.length + baseline.length === 0 ? [] : [{ attribute, insight, baseline }]
}

function topValues(
  counts: ReadonlyMap<string | null, number>,
  minutes: number,
): readonly AttributedValue[] {
  return [...printed(counts)]
    .filter(([, count]) => count > 0)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, VALUES_PER_SIDE)
    .map(([value, count]) => ({ value, average: ratePerMinute(count, minutes) }))
}

/** Success is printed as "null", and an error code of that very text joins it: values stay distinct. */
function printed(counts: ReadonlyMap<string | null, number>): ReadonlyMap<string, number> {
  const byText = new Map<string, number>()
  for (const [value, count] of counts) {
    const text = value ?? 'null'
    byText.set(text, (byText.get(text) ?? 0) + count)
  }
  return byText
}
