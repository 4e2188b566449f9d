import { AwsError } from '../aws-error.ts'
import { type Input, isObject, oneOf, optionalText, requiredText, wholeNumber } from '../input.ts'
import type { Operation } from '../operation.ts'
import { insightEvents, type LookupKey } from './insight-events.ts'
import { EVENTS_PAGE, timeRange } from './lookup-events.ts'

const INVALID = 'InvalidParameterException'
const KEYS: readonly LookupKey[] = ['EventId', 'EventName', 'EventSource']

/** `ListInsightsData`: starts and ends of insights on data events, newest first. */
export const listInsightsData: Operation = (house, caller, input) => {
  requiredText(input, 'InsightSource', { least: 3, most: 256, pattern: /^[a-zA-Z0-9._/\-:]+$/ })
  if (oneOf(input, 'DataType', ['InsightsEvents']) === undefined) {
    throw new AwsError(INVALID, 'DataType is missing: it is InsightsEvents')
  }
  const lookup = dimensionOf(input)
  const { startMs, endMs } = timeRange(input, INVALID)
  const token = optionalText(input, 'NextToken', { least: 4, most: 1_000 })
  return insightEvents(
    house,
    { operation: 'ListInsightsData', caller, input, error: INVALID },
    {
      category: 'Data',
      limit: wholeNumber(input, 'MaxResults', EVENTS_PAGE),
      ...(lookup !== undefined && { lookup }),
      ...(startMs !== undefined && { startMs }),
      ...(endMs !== undefined && { endMs }),
      ...(token !== undefined && { token }),
    },
  )
}

function dimensionOf(input: Input): { key: LookupKey; value: string } | undefined {
  const dimensions = Object.hasOwn(input, 'Dimensions') ? input['Dimensions'] : undefined
  if (dimensions === undefined || dimensions === null) return undefined
  if (!isObject(dimensions)) throw new AwsError('SerializationException', 'Dimensions is no map')
  const names = Object.keys(dimensions)
  const key = KEYS.find((each) => each === names[0])
  if (names.length !== 1 || key === undefined) {
    throw new AwsError(INVALID, `Dimensions has one entry, of ${KEYS.join(', ')}`)
  }
  return { key, value: requiredText(dimensions, key, { most: 2_000 }) }
}
