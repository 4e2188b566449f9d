import { Fault } from '../../../base/fault.ts'
import { SELECTOR_CATEGORIES, SELECTOR_TYPES, switchesTo } from '../../../insight/selection.ts'
import type { StoreEditor } from '../../../store/store.ts'
import { AwsError } from '../aws-error.ts'
import type { AwsCaller } from '../caller.ts'
import { type Input, isObject, listOf, oneOf, optionalText } from '../input.ts'
import type { AwsHouse, Operation } from '../operation.ts'
import { type InsightSelector, selectedIn } from './selected.ts'
import { accountsOf, type TrailName, trailName, trailNamed } from './trails.ts'

const INVALID = 'InvalidInsightSelectorsException'

/** `GetInsightSelectors`: what is looked for in an account, now. */
export const getInsightSelectors: Operation = (house, caller, input) => {
  const { account, arn } = trailNamed(house, caller, trailAsked(input))
  const selectors = selectedIn(house, account)
  if (selectors.length === 0) {
    throw new AwsError(
      'InsightNotEnabledException',
      `Trail ${arn} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`,
    )
  }
  return { TrailARN: arn, InsightSelectors: selectors }
}

/**
 * `PutInsightSelectors`: switches detection for insights that begin from now on. What is off is still counted and learned from,
 * so that switching on again is felt at once. The next run decides by it.
 */
export const putInsightSelectors: Operation = (house, caller, input) => {
  const named = trailAsked(input)
  const editor = editorFor(house, caller)
  const wanted = selectorsIn(input)
  const { account, arn, homeRegion } = trailNamed(house, caller, oneTrail(house, caller, named))
  if (named.region !== undefined && named.region !== homeRegion) {
    throw new AwsError(
      'InvalidHomeRegionException',
      `the trail's home Region is ${named.region}, and the request is signed for ${homeRegion}`,
    )
  }
  const signature = caller.signature ?? ''
  return house.replays.once(signature, house.now(), () => {
    put(editor, house, { account, wanted, signature })
    return { TrailARN: arn, InsightSelectors: wanted }
  })
}

function trailAsked(input: Input): TrailName {
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
  return name
}

function editorFor({ editor, deny }: AwsHouse, { mayWrite, accessKeyId }: AwsCaller): StoreEditor {
  if (!mayWrite) {
    deny('AccessDeniedException')
    const who = accessKeyId === null ? 'an unsigned request' : `the access key ${accessKeyId}`
    throw new AwsError(
      'AccessDeniedException',
      `${who} may only read: offtrail access-key create --write makes keys that may switch`,
    )
  }
  if (editor === null) {
    throw new AwsError('OperationNotPermittedException', 'this server only reads')
  }
  return editor
}

/** A name alone does not say whose trail it is where the key reads several accounts. */
function oneTrail(house: AwsHouse, caller: AwsCaller, named: TrailName): TrailName {
  const accounts = accountsOf(house, caller)
  if (named.account !== undefined || accounts.length === 1) return named
  const [first = '111122223333'] = accounts
  throw new AwsError(
    'TrailNotFoundException',
    `the key reads ${accounts.length} accounts: name the trail by its ARN, arn:aws:cloudtrail:${caller.region}:${first}:trail/${named.name}`,
  )
}

function selectorsIn(input: Input): readonly InsightSelector[] {
  const given = listOf(input, 'InsightSelectors')
  if (given === undefined) throw new AwsError(INVALID, 'InsightSelectors is missing')
  const selectors = given.map(selectorOf)
  if (new Set(selectors.map(({ InsightType }) => InsightType)).size < selectors.length) {
    throw new AwsError(INVALID, 'an InsightType stands twice')
  }
  return selectors
}

function selectorOf(given: unknown): InsightSelector {
  if (!isObject(given)) throw new AwsError('SerializationException', 'a selector is no object')
  const insightType = oneOf(given, 'InsightType', SELECTOR_TYPES, INVALID)
  if (insightType === undefined) throw new AwsError(INVALID, 'InsightType is missing')
  const categories = listOf(given, 'EventCategories') ?? ['Management']
  const chosen = SELECTOR_CATEGORIES.filter((each) => categories.includes(each))
  if (categories.length === 0 || chosen.length < new Set(categories).size) {
    throw new AwsError(INVALID, `EventCategories are ${SELECTOR_CATEGORIES.join(' and ')}`)
  }
  return { InsightType: insightType, EventCategories: chosen }
}

/** The store may be busy with a run; clients come again by themselves. What another process carried out is not done again. */
function put(
  editor: StoreEditor,
  { store, now }: AwsHouse,
  asked: {
    readonly account: string
    readonly wanted: readonly InsightSelector[]
    readonly signature: string
  },
): void {
  const { account, wanted, signature } = asked
  const atMs = now()
  const selected = wanted.map(({ InsightType, EventCategories }) => ({
    ...{ insightType: InsightType, categories: EventCategories },
  }))
  try {
    const changes = switchesTo(selected, store.selectorChanges(), { account, atMs })
    if (editor.switchSelectors({ account, changes, signed: { signature, atMs } })) return
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'STORE_LOCKED') throw error
    throw new AwsError('ThrottlingException', 'a run is writing to the store: ask again', {
      cause: error,
    })
  }
  throw new AwsError(
    'InvalidSignatureException',
    'the request was carried out before: sign it anew to have it done again',
  )
}
