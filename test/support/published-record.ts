/**
 * What AWS publishes of Insights records ("CloudTrail record contents for Insights events for trails", version 1.09), and nothing that
 * this project knows: a parser as a SIEM has one. A field that is not in the table is a problem, as is one of another type.
 */

type Check = (value: unknown, at: string) => readonly string[]
interface FieldRule {
  readonly name: string
  readonly isOptional?: true
  readonly check: Check
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const WEEK_MINUTES = 10_080
const MOST_VALUES = 5

const said = (isRight: boolean, at: string, words: string) => (isRight ? [] : [`${at} ${words}`])
const matching =
  (pattern: RegExp): Check =>
  (value, at) =>
    said(typeof value === 'string' && pattern.test(value), at, `must match ${pattern}`)
const text = matching(/./s)
const oneOf =
  (...values: readonly string[]): Check =>
  (value, at) =>
    said(values.includes(value as string), at, `must be one of ${values.join(', ')}`)
const wholeFrom =
  (least: number): Check =>
  (value, at) =>
    said(Number.isSafeInteger(value) && Number(value) >= least, at, `must be whole, from ${least}`)

/** `yyyy-MM-dd'T'HH:mm:ss'Z'` of a time there is, on the minute. */
const time: Check = (value, at) => {
  const isWritten = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/.test(value)
  const isReal = isWritten && new Date(value).toISOString() === value.replace('Z', '.000Z')
  return said(isReal, at, 'must be a minute, YYYY-MM-DDTHH:MM:00Z')
}

/** Per minute, with ten decimals at most. */
const average: Check = (value, at) => {
  const isRate = typeof value === 'number' && Number.isFinite(value) && value >= 0
  return said(isRate && Number(value.toFixed(10)) === value, at, 'must be a rate of ten decimals')
}

const object =
  (...fields: readonly FieldRule[]): Check =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [`${at} must be an object`]
    const record = value as Readonly<Record<string, unknown>>
    const names = Object.keys(record)
    const unknown = names.filter((name) => !fields.some((field) => field.name === name))
    const known = fields.filter(({ name }) => names.includes(name)).map(({ name }) => name)
    const isInOrder = unknown.length > 0 || known.join() === names.join()
    return [
      ...unknown.map((name) => `${at}.${name} is no field that AWS publishes`),
      ...said(isInOrder, at, `has its fields in the order ${names}`),
      ...fields.flatMap(({ name, isOptional, check }) => {
        if (names.includes(name)) return check(record[name], `${at}.${name}`)
        return isOptional ? [] : [`${at}.${name} is missing`]
      }),
    ]
  }

const values: Check = (value, at) => {
  if (!Array.isArray(value)) return [`${at} must be a list`]
  const one = object({ name: 'value', check: text }, { name: 'average', check: average })
  const rates = value.map((each) => each?.average)
  const names = value.map((each) => each?.value)
  return [
    ...value.flatMap((each, nth) => one(each, `${at}[${nth}]`)),
    ...said(value.length <= MOST_VALUES, at, 'has more than five values'),
    ...said(
      rates.every((rate, nth) => nth === 0 || rates[nth - 1] >= rate),
      at,
      'must descend',
    ),
    ...said(new Set(names).size === names.length, at, 'names a value twice'),
  ]
}

const ATTRIBUTES = ['userIdentityArn', 'userAgent', 'errorCode', 'resourceArn']
const attribution = object(
  { name: 'attribute', check: oneOf(...ATTRIBUTES) },
  { name: 'insight', check: values },
  { name: 'baseline', check: values },
)
const attributions: Check = (value, at) => {
  if (!Array.isArray(value)) return [`${at} must be a list`]
  const places = value.map((each) => ATTRIBUTES.indexOf(each?.attribute))
  const isInOrder = places.every((place, nth) => nth === 0 || (places[nth - 1] ?? 0) < place)
  return [
    ...value.flatMap((each, nth) => attribution(each, `${at}[${nth}]`)),
    ...said(isInOrder, at, `must have each attribute once, in the order ${ATTRIBUTES}`),
  ]
}

const rate = object({ name: 'average', check: average })
const record = object(
  { name: 'eventVersion', check: matching(/^1\.\d\d$/) },
  { name: 'eventTime', check: time },
  { name: 'awsRegion', check: matching(/^[a-z]{2}(-[a-z]+)+-\d$/) },
  { name: 'eventID', check: matching(GUID) },
  { name: 'eventType', check: oneOf('AwsCloudTrailInsight') },
  { name: 'recipientAccountId', isOptional: true, check: matching(/^\d{12}$/) },
  { name: 'sharedEventID', check: matching(GUID) },
  {
    name: 'insightDetails',
    check: object(
      { name: 'state', check: oneOf('Start', 'End') },
      { name: 'eventSource', check: matching(/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/) },
      { name: 'eventName', check: text },
      { name: 'insightType', check: oneOf('ApiCallRateInsight', 'ApiErrorRateInsight') },
      { name: 'errorCode', isOptional: true, check: text },
      { name: 'sourceEventCategory', isOptional: true, check: oneOf('Management', 'Data') },
      {
        name: 'insightContext',
        check: object(
          {
            name: 'statistics',
            check: object(
              { name: 'baseline', check: rate },
              { name: 'insight', check: rate },
              { name: 'insightDuration', check: wholeFrom(1) },
              { name: 'baselineDuration', check: wholeFrom(WEEK_MINUTES) },
            ),
          },
          { name: 'attributions', isOptional: true, check: attributions },
        ),
      },
      { name: 'insightSource', isOptional: true, check: text },
    ),
  },
  { name: 'eventCategory', check: oneOf('Insight') },
)

/** The fields that a reader of AWS's table may ask a record for, once nothing is wrong with it. */
export interface PublishedFields {
  readonly eventTime: string
  readonly eventID: string
  readonly recipientAccountId?: string
  readonly sharedEventID: string
  readonly insightDetails: {
    readonly state: 'Start' | 'End'
    readonly insightType: 'ApiCallRateInsight' | 'ApiErrorRateInsight'
    readonly errorCode?: string
    readonly sourceEventCategory?: string
    readonly insightContext: {
      readonly statistics: { readonly insight: { readonly average: number } }
      readonly attributions?: readonly {
        readonly attribute: string
        readonly insight: readonly { readonly value: string; readonly average: number }[]
      }[]
    }
  }
}

/** Everything that is wrong with one record, by its place. Empty: AWS could have written it. */
export function publishedProblems(value: unknown): readonly string[] {
  const problems = record(value, 'record')
  return problems.length > 0 ? problems : relationProblems(value as PublishedFields)
}

/** What AWS says of fields together. */
function relationProblems({ insightDetails: details }: PublishedFields): readonly string[] {
  const { insightType, errorCode, sourceEventCategory, insightContext } = details
  const { statistics, attributions: blocks = [] } = insightContext
  const isOfErrors = insightType === 'ApiErrorRateInsight'
  const names = blocks.map(({ attribute }) => attribute)
  const isData = sourceEventCategory === 'Data'
  const most = statistics.insight.average * 1.000001 + 1e-9
  return [
    ...said(isOfErrors === (errorCode !== undefined), 'errorCode', 'stands with errors alone'),
    ...said(!isOfErrors || !names.includes('errorCode'), 'attributions', 'repeat the error code'),
    ...said(isData || !names.includes('resourceArn'), 'attributions', 'have resources of no data'),
    ...blocks.flatMap(({ attribute, insight }) => {
      const sum = insight.reduce((total, each) => total + each.average, 0)
      return said(sum <= most, attribute, 'adds up to more than the insight')
    }),
  ]
}
