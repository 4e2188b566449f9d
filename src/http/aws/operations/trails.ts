import { AwsError } from '../aws-error.ts'
import type { AwsCaller } from '../caller.ts'
import { type Input, listOf, optionalText } from '../input.ts'
import type { AwsHouse, Operation } from '../operation.ts'
import { selectedIn } from './selected.ts'

const NAME = 'InvalidTrailNameException'
const NOBODY = '000000000000'
/** What a trail is called that nobody named. */
const OURS = 'offtrail'

interface Trail {
  readonly account: string
  readonly name: string
  readonly arn: string
  readonly homeRegion: string
}

/** `DescribeTrails`: one trail for each account that may be read, or those named. */
export const describeTrails: Operation = (house, caller, input) => {
  const wanted = listOf(input, 'trailNameList')
  const trails = trailsOf(house, caller).filter(
    ({ name, arn }) => wanted === undefined || wanted.includes(name) || wanted.includes(arn),
  )
  return { trailList: trails.map((trail) => described(house, trail)) }
}

/** `ListTrails`. */
export const listTrails: Operation = (house, caller) => ({
  Trails: trailsOf(house, caller).map(({ name, arn, homeRegion }) => ({
    ...{ TrailARN: arn, Name: name, HomeRegion: homeRegion },
  })),
})

/** `GetTrail`. */
export const getTrail: Operation = (house, caller, input) => ({
  Trail: described(house, trailNamed(house, caller, requiredName(input, 'Name'))),
})

/** `GetTrailStatus`: whether runs happen, and when the last one ended. */
export const getTrailStatus: Operation = ({ lastRunMs }, _caller, input) => {
  requiredName(input, 'Name')
  const endedMs = lastRunMs()
  return { IsLogging: true, ...(endedMs !== null && { LatestDeliveryTime: endedMs / 1000 }) }
}

/** `GetEventSelectors`: reads and writes are counted alike. */
export const getEventSelectors: Operation = (house, caller, input) => ({
  TrailARN: trailNamed(house, caller, requiredName(input, 'TrailName')).arn,
  EventSelectors: [
    {
      ...{ ReadWriteType: 'All', IncludeManagementEvents: true },
      ...{ DataResources: [], ExcludeManagementEventSources: [] },
    },
  ],
})

/**
 * A trail's name out of `TrailName`, or out of an ARN there. Scripts name trails of their own, so any name that AWS allows is
 * one of ours. Throws `InvalidTrailNameException` and `CloudTrailARNInvalidException` for the others.
 */
export function trailName(input: Input, member = 'TrailName'): TrailName | undefined {
  const given = optionalText(input, member, { most: 1_000, error: NAME })
  if (given === undefined) return undefined
  if (!given.startsWith('arn:')) {
    return { name: checkedName(given), account: undefined, region: undefined }
  }
  const [, region, account, name] =
    /^arn:aws[a-z-]*:cloudtrail:([a-z0-9-]+):(\d{12}):trail\/(.+)$/.exec(given) ?? []
  if (name === undefined) {
    throw new AwsError('CloudTrailARNInvalidException', `${given} is no ARN of a trail`)
  }
  return { name: checkedName(name), account, region }
}

/** How a request names a trail: the account and the Region are those of an ARN. */
export interface TrailName {
  readonly name: string
  readonly account: string | undefined
  readonly region: string | undefined
}

function checkedName(name: string): string {
  const isName = /^[A-Za-z0-9]([A-Za-z0-9]|[._-](?![._-]))*[A-Za-z0-9]$/.test(name)
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name)
  if (name.length < 3 || name.length > 128 || !isName || isAddress) {
    throw new AwsError(
      NAME,
      'a trail name has 3 to 128 letters, digits, dots, underscores and dashes, no two of the last side by side, and is no IP address',
    )
  }
  return name
}

function requiredName(input: Input, member: string): TrailName {
  const name = trailName(input, member)
  if (name === undefined) throw new AwsError(NAME, `${member} is missing`)
  return name
}

/** The trail of that name, of the first account that may be read. Throws `TrailNotFoundException` for others' accounts. */
export function trailNamed(house: AwsHouse, caller: AwsCaller, named: TrailName): Trail {
  const accounts = accountsOf(house, caller)
  const { name, account = accounts[0] ?? NOBODY } = named
  if (named.account !== undefined && !accounts.includes(account)) {
    throw new AwsError('TrailNotFoundException', `account ${account} has no trail here`)
  }
  return trailOf(caller, account, name)
}

/** The accounts that the caller may ask about, of those there are. */
export function accountsOf({ store }: AwsHouse, { accounts }: AwsCaller): readonly string[] {
  const known = store.accounts().map(({ account }) => account)
  return accounts === 'all' ? known : known.filter((account) => accounts.includes(account))
}

function trailsOf(house: AwsHouse, caller: AwsCaller): readonly Trail[] {
  return accountsOf(house, caller).map((account) => trailOf(caller, account, OURS))
}

function trailOf({ region }: AwsCaller, account: string, name: string): Trail {
  const homeRegion = region ?? 'us-east-1'
  return {
    account,
    name,
    homeRegion,
    arn: `arn:aws:cloudtrail:${homeRegion}:${account}:trail/${name}`,
  }
}

function described(house: AwsHouse, { account, name, arn, homeRegion }: Trail) {
  return {
    ...{ Name: name, TrailARN: arn, HomeRegion: homeRegion },
    ...{ IncludeGlobalServiceEvents: true, IsMultiRegionTrail: true, IsOrganizationTrail: false },
    ...{ LogFileValidationEnabled: false, HasCustomEventSelectors: false },
    HasInsightSelectors: selectedIn(house, account).length > 0,
  }
}
