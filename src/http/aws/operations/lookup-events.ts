import { AwsError } from '../aws-error.ts'
import { type Input, isObject, listOf, oneOf, optionalText, timeOf, wholeNumber } from '../input.ts'
import type { Operation } from '../operation.ts'
import { insightEvents, type LookupKey } from './insight-events.ts'

const KEYS: readonly LookupKey[] = ['EventId', 'EventName', 'EventSource']
const ATTRIBUTES = 'InvalidLookupAttributesException'
const RANGE = 'InvalidTimeRangeException'
const TOKEN = 'InvalidNextTokenException'
const VALUE_LENGTH = 2_000

/** `LookupEvents` with `EventCategory` `insight`: starts and ends of insights on management events, newest first. */
export const lookupEvents: Operation = (house, caller, input) => {
  const category = oneOf(input, 'EventCategory', ['insight'], 'InvalidEventCategoryException')
  if (category === undefined) {
    throw new AwsError(
      'UnsupportedOperationException',
      'events themselves are not kept here, insights are: ask with EventCategory insight (--event-category insight)',
    )
  }
  const lookup = lookupOf(input)
  const { startMs, endMs } = timeRange(input, RANGE)
  const token = optionalText(input, 'NextToken', { most: 5_000, error: TOKEN })
  return insightEvents(
    house,
    { operation: 'LookupEvents', caller, input, error: TOKEN },
    {
      category: 'Management',
      limit: wholeNumber(input, 'MaxResults', EVENTS_PAGE, 'InvalidMaxResultsException'),
      ...(lookup !== undefined && { lookup }),
      ...(startMs !== undefined && { startMs }),
      ...(endMs !== undefined && { endMs }),
      ...(token !== undefined && { token }),
    },
  )
}

/** Events of one page. */
export const EVENTS_PAGE = { least: 1, most: 50, otherwise: 50 }

/** `StartTime` and `EndTime`, both inclusive. */
export function timeRange(
  input: Input,
  error: string,
): { readonly startMs: number | undefined; readonly endMs: number | undefined } {
  const startMs = timeOf(input, 'StartTime', error)
  const endMs = timeOf(input, 'EndTime', error)
  if (startMs !== undefined && endMs !== undefined && startMs > endMs) {
    throw new AwsError(error, 'StartTime is after EndTime')
  }
  return { startMs, endMs }
}

function lookupOf(input: Input): { key: LookupKey; value: string } | undefined {
  const attributes = listOf(input, 'LookupAttributes') ?? []
  if (attributes.length > 1) {
    throw new AwsError(ATTRIBUTES, `${attributes.length} LookupAttributes: one at most is allowed`)
  }
  const [attribute] = attributes
  if (attribute === undefined) return undefined
  if (!isObject(attribute)) throw new AwsError('SerializationException', 'no lookup attribute')
  const key = oneOf(attribute, 'AttributeKey', KEYS, ATTRIBUTES)
  const value = optionalText(attribute, 'AttributeValue', { most: VALUE_LENGTH, error: ATTRIBUTES })
  if (key === undefined || value === undefined) {
    throw new AwsError(ATTRIBUTES, 'a lookup attribute has AttributeKey and AttributeValue')
  }
  // As AWS counts them.
  const length = value.length + (value.match(/[_ ,\n]/g)?.length ?? 0)
  if (length > VALUE_LENGTH) {
    throw new AwsError(
      ATTRIBUTES,
      `AttributeValue is too long (_, space, comma and line feed count twice)`,
    )
  }
  return { key, value }
}
