/** One API of the made-up account. */
export interface Api {
  readonly source: string
  readonly name: string
  readonly readOnly: boolean
  /** What fails, and how often: 0 to 1. */
  readonly errorCode: string
  readonly errorShare: number
}

/** Services and what they are about. */
const NOUNS: Readonly<Record<string, readonly string[]>> = {
  ec2: ['Instances', 'Volumes', 'Snapshots', 'SecurityGroups', 'NetworkInterfaces', 'Images'],
  s3: ['Buckets', 'BucketPolicy', 'BucketAcl', 'BucketTagging', 'PublicAccessBlock', 'Objects'],
  iam: ['Roles', 'Users', 'Policies', 'AccessKeys', 'InstanceProfiles', 'Groups'],
  kms: ['Keys', 'Aliases', 'Grants', 'KeyPolicies', 'KeyRotation', 'ImportTokens'],
  lambda: ['Functions', 'Layers', 'EventSourceMappings', 'Versions', 'Permissions', 'Tags'],
  dynamodb: ['Tables', 'Backups', 'Streams', 'TimeToLive', 'Exports', 'GlobalTables'],
  rds: ['DBInstances', 'DBClusters', 'DBSnapshots', 'DBParameters', 'Subnets', 'Events'],
  ecs: ['Clusters', 'Services', 'Tasks', 'TaskDefinitions', 'ContainerInstances', 'Attributes'],
  sqs: ['Queues', 'QueueAttributes', 'QueueTags', 'Permissions', 'DeadLetters', 'MoveTasks'],
  logs: ['LogGroups', 'LogStreams', 'MetricFilters', 'Queries', 'Destinations', 'Exports'],
  monitoring: ['Alarms', 'Metrics', 'Dashboards', 'InsightRules', 'Streams', 'Detectors'],
  ssm: ['Parameters', 'Documents', 'Commands', 'Sessions', 'Inventories', 'Patches'],
  secretsmanager: ['Secrets', 'SecretValues', 'Rotations', 'Replicas', 'Policies', 'Versions'],
}

const VERBS = ['Describe', 'List', 'Get', 'Update', 'Create', 'Delete'] as const
const ERROR_CODES = ['AccessDenied', 'ThrottlingException', 'ResourceNotFoundException'] as const

/** Every API, the most popular first: 468, so that an account with a long tail has over 300 in any month. */
export const APIS: readonly Api[] = [0, 1, 2, 3, 4, 5].flatMap((turn) =>
  VERBS.flatMap((_, at) =>
    Object.entries(NOUNS).map(([service, nouns], place) => {
      const verb = VERBS[(at + turn + place) % VERBS.length] ?? 'Get'
      return {
        source: `${service}.amazonaws.com`,
        name: `${verb}${nouns[(at + place) % nouns.length]}${turn % 2 === 0 ? '' : 'V2'}`,
        readOnly: VERBS.indexOf(verb) < 3,
        errorCode: ERROR_CODES[(turn + place) % ERROR_CODES.length] ?? 'AccessDenied',
        errorShare: place % 3 === 0 ? 0.08 : 0.01,
      }
    }),
  ),
)
