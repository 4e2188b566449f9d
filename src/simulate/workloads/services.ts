import { call, DAY_MS, HOUR_MS, MINUTE_MS, type Stage } from '../act.ts'
import { type AccountKind, AGENTS, type Principal } from '../cast.ts'
import { Random } from '../random.ts'
import { openSession } from '../session.ts'

/** Calls like clock-work, day and night: so regular that their counts vary less than chance would. */
interface Clock {
  readonly principal: Principal
  readonly everyMinutes: number
  readonly apis: readonly string[]
  readonly region?: string
  /** How many machines do the same, each at its own minute. Grows with the scale. */
  readonly fleet?: number
}

const JITTER_MS = 20_000
const CREDENTIALS_MS = 6 * HOUR_MS

const agent: Principal = { kind: 'role', name: 'ecs-host', path: '/', userAgent: AGENTS.agent }
const datadog: Principal = {
  kind: 'role',
  name: 'DatadogIntegrationRole',
  sessionName: 'DatadogAWSIntegration',
  userAgent: AGENTS.datadog,
  address: '192.0.2.61',
}
const posture: Principal = {
  kind: 'role',
  name: 'posture-scanner',
  userAgent: AGENTS.boto,
  address: '192.0.2.88',
}

const EVERYWHERE: readonly Clock[] = [
  clock(service('cloudtrail'), 20, 's3 GetBucketAcl'),
  clock(service('cloudtrail'), 10, 'kms GenerateDataKey'),
  clock(service('config'), 15, 'sts AssumeRole'),
  clock(service('cloudtrail'), 30, 's3 GetBucketAcl', { region: 'us-east-1' }),
]

const CLOCKS: Readonly<Record<AccountKind, readonly Clock[]>> = {
  production: [
    ...EVERYWHERE,
    clock(agent, 5, 'ssm UpdateInstanceInformation', { fleet: 4 }),
    clock(agent, 30, 'ssm PutComplianceItems', { fleet: 4 }),
    clock(linked('AutoScaling'), 10, 'ec2 DescribeInstanceStatus'),
    clock(linked('AutoScaling'), 5, 'elasticloadbalancing DescribeTargetHealth'),
    clock(linked('ECS'), 15, 'elasticloadbalancing DescribeTargetGroups'),
    clock(service('ecs-tasks'), 30, 'sts AssumeRole', { fleet: 3 }),
    clock(service('ec2'), 60, 'sts AssumeRole', { fleet: 4 }),
    clock(service('logs'), 10, 'kms GenerateDataKey'),
    clock(service('guardduty'), 60, 'sts AssumeRole'),
    clock(service('inspector2'), 60, 'sts AssumeRole'),
    clock(linked('Config'), 30, 'config PutEvaluations'),
    clock(datadog, 10, 'tagging GetResources, monitoring ListMetrics, ec2 DescribeInstances'),
    clock(datadog, 15, 'rds DescribeDBInstances, sqs ListQueues, ecs ListClusters'),
    clock(datadog, 30, 'lambda ListFunctions20150331, monitoring DescribeAlarms'),
    clock(datadog, 30, 'ec2 DescribeInstances', { region: 'us-west-2' }),
    clock(service('cloudtrail'), 60, 's3 GetBucketAcl', { region: 'us-west-2' }),
    clock(service('ssm'), 20, 'sts AssumeRole', { region: 'us-east-1' }),
    clock(service('cloudfront'), 60, 'kms GenerateDataKey', { region: 'us-east-1' }),
  ],
  development: [
    ...EVERYWHERE,
    clock(agent, 30, 'ssm UpdateInstanceInformation', { fleet: 2 }),
    clock(linked('ECS'), 30, 'elasticloadbalancing DescribeTargetHealth'),
    clock(service('ecs-tasks'), 60, 'sts AssumeRole'),
    clock(datadog, 60, 'tagging GetResources, ec2 DescribeInstances, rds DescribeDBInstances'),
  ],
  security: [
    ...EVERYWHERE,
    clock(service('securityhub'), 30, 'sts AssumeRole'),
    clock(service('guardduty'), 30, 'sts AssumeRole'),
    clock(
      linked('SecurityHub'),
      60,
      'config DescribeConfigRules, config DescribeConfigurationRecorders',
    ),
  ],
}

const BUCKET_SETTINGS =
  's3 GetBucketPolicyStatus, s3 GetBucketPublicAccessBlock, s3 GetBucketEncryption, s3 GetBucketLogging, s3 GetBucketVersioning, s3 GetBucketReplication, s3 GetBucketLifecycle, s3 GetBucketWebsite'

/** The day's calls of AWS services, agents, monitoring and a scanner that asks every bucket everything. */
export function playServices(stage: Stage): void {
  for (const [place, one] of CLOCKS[stage.account.kind].entries()) {
    const copies = Math.max(1, Math.round((one.fleet ?? 1) * (one.fleet ? stage.scale : 1)))
    for (let copy = 0; copy < copies; copy += 1) tick(stage, one, `${place}/${copy}`)
  }
  scanBuckets(stage)
}

function tick(stage: Stage, one: Clock, id: string): void {
  const { account, day, random } = stage
  const own = new Random(0, `clock/${account.id}/${id}`)
  const everyMs = one.everyMinutes * MINUTE_MS
  const principal =
    one.principal === agent ? { ...agent, sessionName: `i-0${own.hex(16)}` } : one.principal
  const region = one.region ?? account.home
  let session = openSession(random, account, principal, { atMs: day.startMs, region })
  let renewAtMs = day.startMs + CREDENTIALS_MS
  for (
    let atMs = day.startMs + own.between(JITTER_MS, everyMs);
    atMs < day.startMs + DAY_MS;
    atMs += everyMs
  ) {
    if (atMs >= renewAtMs) {
      session = openSession(random, account, principal, { atMs, region })
      renewAtMs += CREDENTIALS_MS
    }
    for (const api of one.apis)
      call(stage, session, api, atMs + random.between(-JITTER_MS, JITTER_MS))
  }
}

function scanBuckets(stage: Stage): void {
  const { account, day, random } = stage
  for (const hour of [1, 7, 13, 19]) {
    const startMs = day.startMs + hour * HOUR_MS + random.between(0, 4 * MINUTE_MS)
    const session = openSession(random, account, posture, { atMs: startMs })
    for (const [place, target] of account.buckets.entries()) {
      for (const api of BUCKET_SETTINGS.split(', ')) {
        call(stage, session, api, startMs + place * 9000 + random.between(0, 8000), { target })
      }
    }
  }
}

function clock(
  principal: Principal,
  everyMinutes: number,
  apis: string,
  rest: { region?: string; fleet?: number } = {},
): Clock {
  return { principal, everyMinutes, apis: apis.split(', '), ...rest }
}

function service(name: string): Principal {
  const host = `${name}.amazonaws.com`
  return { kind: 'service', name: host, userAgent: host }
}

function linked(name: string): Principal {
  const host = `${name.toLowerCase()}.amazonaws.com`
  return {
    kind: 'role',
    name: `AWSServiceRoleFor${name}`,
    path: `/aws-service-role/${host}/`,
    sessionName: name,
    userAgent: host,
    invokedBy: host,
  }
}
