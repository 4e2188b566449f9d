import { AwsError } from '../aws-error.ts'
import { optionalText } from '../input.ts'
import type { Operation } from '../operation.ts'
import { trailName, trailNamed } from './trails.ts'

const CATEGORIES = ['Management', 'Data']

/** `GetInsightSelectors`: both types are looked for, on management and data events. */
export const getInsightSelectors: Operation = (house, caller, input) => {
  const name = trailName(input)
  const dataStore = optionalText(input, 'EventDataStore', { least: 3, most: 256 })
  if (name !== undefined && dataStore !== undefined) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      'TrailName and EventDataStore exclude each other',
    )
  }
  if (dataStore !== undefined) {
    throw new AwsError('EventDataStoreNotFoundException', 'there are no event data stores here')
  }
  if (name === undefined) throw new AwsError('InvalidParameterException', 'TrailName is missing')
  return {
    TrailARN: trailNamed(house, caller, name).arn,
    InsightSelectors: ['ApiCallRateInsight', 'ApiErrorRateInsight'].map((InsightType) => ({
      ...{ InsightType, EventCategories: CATEGORIES },
    })),
  }
}

/** `PutInsightSelectors` is refused: what is detected is a matter of the settings, which this server only reads. */
export const putInsightSelectors: Operation = () => {
  throw new AwsError(
    'OperationNotPermittedException',
    'what is detected is set in the settings file of offtrail run (alarmBudget, shares), not over HTTP',
  )
}
