import { hashOf } from './random.ts'

/** One API as far as counts are concerned. */
export interface Api {
  readonly service: string
  readonly name: string
  readonly isWrite: boolean
  /** One endpoint for the world, recorded in us-east-1. */
  readonly isGlobal: boolean
  /** What fails in the best of families: asking for what was never configured. */
  readonly usualError: { readonly code: string; readonly share: number } | null
}

/** The services people and programs use, most popular first, each with the things it manages. */
const SERVICES = [
  'ec2 Instance Volume SecurityGroup',
  's3 Bucket BucketPolicy ObjectLock',
  'logs LogGroup LogStream Query',
  'iam Role Policy User',
  'ecs Service Task Cluster',
  'lambda Function Version EventSource',
  'rds DBInstance DBSnapshot DBCluster',
  'monitoring Alarm Dashboard Metric',
  'ssm Parameter Session Document',
  'kms Key Alias Grant',
  'secretsmanager Secret ResourcePolicy SecretVersion',
  'elasticloadbalancing LoadBalancer TargetGroup Listener',
  'cloudformation Stack ChangeSet StackEvent',
  'dynamodb Table Backup TimeToLive',
  'ecr Repository Image Lifecycle',
  'cloudtrail Trail EventSelector Event',
  'route53 HostedZone RecordSet HealthCheck',
  'sns Topic Subscription PlatformApplication',
  'sqs Queue QueueAttribute QueueTag',
  'ce Cost Forecast Reservation',
  'autoscaling AutoScalingGroup LaunchConfiguration ScalingPolicy',
  'cloudfront Distribution Invalidation OriginAccess',
  'eks Cluster Nodegroup Addon',
  'acm Certificate CertificateTag Account',
  'apigateway RestApi Stage Deployment',
  'events Rule Target EventBus',
  'states StateMachine Execution Activity',
  'guardduty Detector Finding Member',
  'config ConfigRule Recorder Compliance',
  'securityhub Insight Hub Control',
  'athena WorkGroup QueryExecution NamedQuery',
  'glue Database Crawler Job',
  'elasticache CacheCluster ReplicationGroup CacheSnapshot',
  'backup BackupPlan BackupJob RecoveryPoint',
  'organizations Account OrganizationalUnit Root',
  'wafv2 WebACL IPSet RuleGroup',
  'sagemaker Endpoint NotebookInstance TrainingJob',
  'servicequotas Quota QuotaChange ServiceQuota',
]

const GLOBAL = new Set(['iam', 'route53', 'cloudfront', 'organizations', 'ce'])
/** Verbs for a service's first, second and third thing. */
const VERBS = ['List Get Describe Create Update Delete', 'List Get Put Delete', 'Describe Get']
/** One in so many reading APIs asks for what is often not there. */
const ONE_IN = 12
const NOT_THERE = ['NoSuchEntity', 'ResourceNotFoundException', 'NoSuchConfiguration']

/** The APIs of one service, as one console page or one module would use them; popular first. */
export type Page = readonly Api[]

/** One page per service, most popular first: 456 APIs. */
export const PAGES: readonly Page[] = SERVICES.map((line) => {
  const [service = '', ...things] = line.split(' ')
  return things.flatMap((thing, place) =>
    (VERBS[place] ?? '').split(' ').map((verb) => apiOf(service, verb + thing)),
  )
})

function apiOf(service: string, name: string): Api {
  const isWrite = /^(Create|Update|Delete|Put)/.test(name)
  const hash = hashOf(`${service} ${name}`)
  const code = NOT_THERE[hash % NOT_THERE.length] as string
  const share = [0.02, 0.1, 0.4, 0.8][(hash >>> 8) % 4] as number
  return {
    service,
    name,
    isWrite,
    isGlobal: GLOBAL.has(service),
    usualError: !isWrite && (hash >>> 16) % ONE_IN === 0 ? { code, share } : null,
  }
}

/** The code with which a service refuses a caller who lacks the permission. */
export function deniedCode({ service }: Api): string {
  return service === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied'
}

/** An API that only programs call, such as an agent's heartbeat. */
export function machineApi(service: string, name: string): Api {
  return { service, name, isWrite: true, isGlobal: false, usualError: null }
}
