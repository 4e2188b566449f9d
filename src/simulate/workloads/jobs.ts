import { call, HOUR_MS, MINUTE_MS, type Stage } from '../act.ts'
import { type AccountKind, AGENTS, type Principal } from '../cast.ts'
import { openSession } from '../session.ts'

/** A program on a schedule: the same calls in the same order, a little late at times. */
interface Job {
  readonly principal: Principal
  /** Hours (UTC, fractions allowed) at which it starts. */
  readonly hours: readonly number[]
  /** Only on this weekday, Monday being 0; every day where absent. */
  readonly weekday?: number
  readonly steps: readonly Step[]
}

/** Calls of one API in a row. */
interface Step {
  readonly api: string
  readonly count: number
}

const START_JITTER_MS = 3 * MINUTE_MS
const everyHour = (minute: number): readonly number[] =>
  Array.from({ length: 24 }, (_, hour) => hour + minute / 60)

const backup: Principal = { kind: 'role', name: 'nightly-backup', userAgent: AGENTS.boto }
const reports: Principal = { kind: 'role', name: 'batch-reports', userAgent: AGENTS.boto }

const JOBS: Readonly<Record<AccountKind, readonly Job[]>> = {
  production: [
    {
      principal: backup,
      hours: [2],
      steps: steps(
        'rds DescribeDBInstances 2, rds CreateDBSnapshot 3, rds DescribeDBSnapshots 24, ec2 DescribeVolumes 2, ec2 CreateSnapshot 12, ec2 DescribeSnapshots 16, ec2 DeleteSnapshot 12, rds ListTagsForResource 6, rds DeleteDBSnapshot 3',
      ),
    },
    {
      principal: reports,
      hours: everyHour(5),
      steps: steps(
        'athena StartQueryExecution 2, athena GetQueryExecution 6, athena GetQueryResults 2, glue GetTable 2',
      ),
    },
    {
      principal: reports,
      hours: [3.5],
      weekday: 6,
      steps: steps(
        'glue StartCrawler 2, glue GetCrawler 10, glue GetDatabases 2, glue UpdateTable 8, glue BatchCreatePartition 12, s3 ListBuckets 1',
      ),
    },
  ],
  development: [
    {
      principal: { ...backup, name: 'night-shutdown' },
      hours: [19],
      steps: steps(
        'ec2 DescribeInstances 2, ec2 StopInstances 3, rds DescribeDBInstances 1, rds StopDBInstance 2, ecs UpdateService 4',
      ),
    },
    {
      principal: { ...backup, name: 'night-shutdown' },
      hours: [6],
      steps: steps('ec2 StartInstances 3, rds StartDBInstance 2, ecs UpdateService 4'),
    },
  ],
  security: [
    {
      principal: { ...backup, name: 'security-audit' },
      hours: [4],
      steps: steps(
        'organizations ListAccounts 2, iam GenerateCredentialReport 2, iam GetCredentialReport 2, guardduty ListDetectors 1, guardduty ListFindings 4, securityhub GetFindings 10, config DescribeComplianceByConfigRule 6, accessanalyzer ListFindings 4',
      ),
    },
    {
      principal: { ...backup, name: 'security-audit' },
      hours: [5],
      weekday: 0,
      steps: steps(
        'cloudtrail DescribeTrails 1, cloudtrail GetTrailStatus 3, kms ListKeys 1, kms GetKeyRotationStatus 8',
      ),
    },
  ],
}

/** The day's scheduled jobs. */
export function playJobs(stage: Stage): void {
  for (const job of JOBS[stage.account.kind]) {
    if (job.weekday !== undefined && job.weekday !== stage.day.weekday) continue
    for (const hour of job.hours) runJob(stage, job, stage.day.startMs + hour * HOUR_MS)
  }
}

function runJob(stage: Stage, { principal, steps }: Job, plannedMs: number): void {
  const { account, random } = stage
  let atMs = plannedMs + random.between(0, START_JITTER_MS)
  const session = openSession(random, account, principal, { atMs })
  for (const { api, count } of steps) {
    for (let made = 0; made < count; made += 1) {
      call(stage, session, api, atMs)
      atMs += random.between(500, 9000)
    }
  }
}

function steps(text: string): readonly Step[] {
  return text.split(', ').map((step) => {
    const [service, name, count] = step.split(' ')
    return { api: `${service} ${name}`, count: Number(count) }
  })
}
