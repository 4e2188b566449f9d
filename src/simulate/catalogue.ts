import { type Template, templateFor } from './trail/parameters.ts'

/** One API as CloudTrail records it. */
export interface Api {
  readonly service: string
  readonly eventSource: string
  readonly eventName: string
  readonly eventVersion: string
  readonly readOnly: boolean
  /** One endpoint for the world, recorded in us-east-1. */
  readonly isGlobal: boolean
  readonly isData: boolean
  readonly usualError: { readonly code: string; readonly share: number } | null
  readonly request: Template
  readonly response: Template
  readonly resources: Template | null
}

const GLOBAL = new Set(
  'iam signin organizations ce health support route53 cloudfront trustedadvisor'.split(' '),
)

const VERSIONS = new Map([
  ...versions('1.08', 'sts signin health organizations ce notifications autoscaling rds'),
  ...versions('1.10', 'ec2 lambda elasticloadbalancing cloudfront guardduty securityhub ecr'),
  ...versions('1.11', 'kms secretsmanager ssm config logs ecs s3 dynamodb'),
])

const READ_VERBS = /^(Describe|Get|List|Lookup|Search|BatchGet|Head|Filter|Select|View|Simulate)/

const READ_TOO = new Set([
  'sts AssumeRole',
  'sts AssumeRoleWithWebIdentity',
  'kms Decrypt',
  'kms GenerateDataKey',
  'ecr GetAuthorizationToken',
])
const WRITES_TOO = new Set(['signin GetSigninToken'])

const DATA = new Set([
  's3 GetObject',
  's3 PutObject',
  's3 DeleteObject',
  's3 HeadObject',
  'lambda Invoke',
])

/** What fails in the best of families: asking for what was never configured, racing, being throttled. */
const USUAL_ERRORS = new Map<string, readonly [code: string, share: number]>([
  ['s3 GetBucketPolicy', ['NoSuchBucketPolicy', 0.45]],
  ['s3 GetBucketPolicyStatus', ['NoSuchBucketPolicy', 0.45]],
  ['s3 GetBucketLifecycle', ['NoSuchLifecycleConfiguration', 0.5]],
  ['s3 GetBucketCors', ['NoSuchCORSConfiguration', 0.8]],
  ['s3 GetBucketWebsite', ['NoSuchWebsiteConfiguration', 0.9]],
  ['s3 GetBucketTagging', ['NoSuchTagSet', 0.3]],
  ['s3 GetBucketReplication', ['ReplicationConfigurationNotFoundError', 0.85]],
  ['s3 GetBucketPublicAccessBlock', ['NoSuchPublicAccessBlockConfiguration', 0.15]],
  ['s3 GetBucketObjectLockConfiguration', ['ObjectLockConfigurationNotFoundError', 0.9]],
  ['s3 GetObject', ['NoSuchKey', 0.01]],
  ['iam GetLoginProfile', ['NoSuchEntityException', 0.5]],
  ['iam GetAccountPasswordPolicy', ['NoSuchEntityException', 0.6]],
  ['iam GetRole', ['NoSuchEntityException', 0.03]],
  ['iam GetUserPolicy', ['NoSuchEntityException', 0.2]],
  ['lambda GetPolicy20150331v2', ['ResourceNotFoundException', 0.3]],
  ['ssm GetParameter', ['ThrottlingException', 0.004]],
  ['ssm GetParameters', ['ThrottlingException', 0.01]],
  ['logs CreateLogGroup', ['ResourceAlreadyExistsException', 0.4]],
  ['logs CreateLogStream', ['ResourceAlreadyExistsException', 0.02]],
  ['dynamodb DescribeTable', ['ResourceNotFoundException', 0.02]],
  ['ecr DescribeImages', ['ImageNotFoundException', 0.05]],
  ['cloudtrail LookupEvents', ['ThrottlingException', 0.04]],
  ['ce GetCostForecast', ['DataUnavailableException', 0.1]],
  ['compute-optimizer GetEnrollmentStatus', ['OptInRequiredException', 0.2]],
  ['ec2 DescribeInstanceAttribute', ['Client.UnauthorizedOperation', 0.03]],
  ['athena GetQueryResults', ['InvalidRequestException', 0.02]],
])

const known = new Map<string, Api>()

/** The API named `service EventName`, such as `ec2 RunInstances`. */
export function apiOf(name: string): Api {
  const found = known.get(name)
  if (found !== undefined) return found
  const made = describe(name)
  known.set(name, made)
  return made
}

/** API names from a compact list: `ec2 RunInstances StopInstances | iam GetRole`. */
export function apisIn(text: string): readonly string[] {
  return text.split(' | ').flatMap((group) => {
    const [service, ...names] = group.split(' ')
    return names.map((name) => `${service} ${name}`)
  })
}

/** The code with which a service refuses a caller who lacks the permission. */
export function deniedCode(service: string): string {
  if (service === 'ec2') return 'Client.UnauthorizedOperation'
  return JSON_SERVICES.has(service) ? 'AccessDeniedException' : 'AccessDenied'
}

const JSON_SERVICES = new Set(
  'secretsmanager ssm kms lambda dynamodb logs ecs ecr config organizations guardduty'.split(' '),
)

function describe(name: string): Api {
  const [service = '', eventName = ''] = name.split(' ')
  const usual = USUAL_ERRORS.get(name)
  return {
    service,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    eventVersion: VERSIONS.get(service) ?? '1.09',
    readOnly: (READ_VERBS.test(eventName) || READ_TOO.has(name)) && !WRITES_TOO.has(name),
    isGlobal: GLOBAL.has(service),
    isData: DATA.has(name),
    usualError: usual === undefined ? null : { code: usual[0], share: usual[1] },
    ...templateFor(service, eventName),
  }
}

function versions(version: string, services: string): [string, string][] {
  return services.split(' ').map((service) => [service, version])
}
