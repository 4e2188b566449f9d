import { type Act, actOf, call, HOUR_MS, type Stage } from '../act.ts'
import { type Account, AGENTS, type Principal } from '../cast.ts'
import { apisIn } from '../catalogue.ts'
import type { Random } from '../random.ts'
import { openSession } from '../session.ts'

/** The role that continuous integration takes to deploy. */
export const DEPLOYER: Principal = {
  kind: 'role',
  name: 'github-deploy',
  sessionName: 'GitHubActions',
  userAgent: AGENTS.terraform,
  address: '192.0.2.140',
}

/** How large a deployment is. */
export interface Extent {
  /** Modules whose state is refreshed, 1 to 9. */
  readonly moduleCount: number
  /** Resources of each kind, on average. */
  readonly resourceCount: number
  readonly writes: boolean
}

const MODULES: readonly (readonly string[])[] = [
  apisIn(
    'ec2 DescribeVpcs DescribeVpcAttribute DescribeSubnets DescribeRouteTables DescribeInternetGateways DescribeNatGateways DescribeNetworkAcls',
  ),
  apisIn(
    'ec2 DescribeSecurityGroups DescribeSecurityGroupRules DescribeLaunchTemplates DescribeLaunchTemplateVersions DescribeImages',
  ),
  apisIn(
    'iam GetRole ListRolePolicies ListAttachedRolePolicies GetPolicy GetPolicyVersion GetRolePolicy ListInstanceProfilesForRole',
  ),
  apisIn(
    's3 GetBucketPolicy GetBucketAcl GetBucketCors GetBucketWebsite GetBucketVersioning GetBucketLogging GetBucketLifecycle GetBucketReplication GetBucketEncryption GetBucketTagging GetBucketObjectLockConfiguration GetBucketRequestPayment',
  ),
  apisIn(
    'lambda GetFunction20150331v2 GetFunctionCodeSigningConfig ListVersionsByFunction20150331 GetPolicy20150331v2',
  ),
  apisIn(
    'rds DescribeDBInstances DescribeDBSubnetGroups DescribeDBParameterGroups DescribeDBParameters ListTagsForResource',
  ),
  apisIn(
    'ecs DescribeClusters DescribeServices DescribeTaskDefinition | elasticloadbalancing DescribeLoadBalancers DescribeListeners DescribeRules DescribeTargetGroups DescribeTargetGroupAttributes',
  ),
  apisIn(
    'kms DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags ListAliases | secretsmanager DescribeSecret GetResourcePolicy',
  ),
  apisIn(
    'logs DescribeLogGroups ListTagsLogGroup | monitoring DescribeAlarms ListTagsForResource | sns GetTopicAttributes | sqs GetQueueAttributes',
  ),
]

const CHANGES = apisIn(
  'ecs RegisterTaskDefinition UpdateService | ec2 CreateTags CreateLaunchTemplateVersion AuthorizeSecurityGroupIngress | iam PutRolePolicy UpdateAssumeRolePolicy | logs PutRetentionPolicy CreateLogGroup | lambda UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2 | monitoring PutMetricAlarm | elasticloadbalancing ModifyTargetGroup | s3 PutBucketTagging PutBucketLifecycle | sns SetTopicAttributes | sqs SetQueueAttributes',
)

const DEPLOYS_PER_DAY = 5
const WEEKEND_SHARE = 0.1

/** The day's deployments in working hours, and a plan before dawn that looks for drift. */
export function playDeployments(stage: Stage): void {
  const { account, day, random } = stage
  const mean = DEPLOYS_PER_DAY * account.bustle * (day.isWeekend ? WEEKEND_SHARE : 1)
  const runCount = random.poisson(mean)
  for (let run = 0; run < runCount; run += 1) {
    const startMs = day.startMs + Math.min(18, Math.max(7, 12 + 2.5 * random.normal())) * HOUR_MS
    const moduleCount = 3 + random.below(5)
    const resourceCount = 1 + random.logNormal({ median: 0.7, spread: 0.6 })
    deployInto(stage, startMs, { moduleCount, resourceCount, writes: random.chance(0.6) })
  }
  if (account.kind !== 'production') return
  const driftMs = day.startMs + 4 * HOUR_MS + random.between(0, 300_000)
  deployInto(stage, driftMs, { moduleCount: 9, resourceCount: 2, writes: false })
}

/** One run of Terraform: it signs in, refreshes what it knows, and changes a little. */
export function deploy(random: Random, account: Account, startMs: number, extent: Extent): Act[] {
  const session = openSession(random, account, DEPLOYER, { atMs: startMs })
  const chosen = random
    .shuffle([...MODULES])
    .slice(0, extent.moduleCount)
    .flat()
  const acts = [actOf(random, session, 'sts GetCallerIdentity', startMs)]
  let atMs = startMs + 5000
  for (const api of chosen) {
    const times = 1 + random.poisson(extent.resourceCount - 1)
    for (let made = 0; made < times; made += 1) {
      acts.push(actOf(random, session, api, atMs + random.between(0, 20_000)))
    }
    atMs += random.between(500, 4000)
  }
  if (!extent.writes) return acts
  for (const api of random.shuffle([...CHANGES]).slice(0, 2 + random.below(7))) {
    const times = 1 + random.poisson(extent.resourceCount / 3)
    for (let made = 0; made < times; made += 1) {
      atMs += random.between(1000, 15_000)
      acts.push(actOf(random, session, api, atMs))
    }
  }
  return acts
}

function deployInto(stage: Stage, startMs: number, extent: Extent): void {
  const github: Principal = {
    kind: 'role',
    name: 'github-oidc',
    userAgent: AGENTS.node,
    address: '192.0.2.140',
  }
  const session = openSession(stage.random, stage.account, github, { atMs: startMs })
  call(stage, session, 'sts AssumeRoleWithWebIdentity', startMs - 3000, { target: DEPLOYER.name })
  for (const act of deploy(stage.random, stage.account, startMs, extent)) stage.acts.push(act)
}
