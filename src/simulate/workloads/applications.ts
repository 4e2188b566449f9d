import { call, HOUR_MS, MINUTE_MS, type Stage } from '../act.ts'
import { type AccountKind, AGENTS, type Principal } from '../cast.ts'
import { openSession, type Session } from '../session.ts'

/** A program with customers: busy by day, quieter at night and at weekends, and noisy. */
interface Application {
  readonly principal: Principal
  /** Calls of each API on a working day. */
  readonly calls: Readonly<Record<string, number>>
  readonly weekendShare: number
  /** One bucket that its object calls are about. */
  readonly target?: string
}

const SLOT_MS = 5 * MINUTE_MS
/** Shape of the negative-binomial noise of one slot: variance = mean + mean²/6. */
const NOISE_SHAPE = 6
/** Some days are busier than others: standard deviation of the logarithm. */
const DAY_SPREAD = 0.08
const CREDENTIALS_MS = 6 * HOUR_MS

const APPLICATIONS: Readonly<Record<AccountKind, readonly Application[]>> = {
  production: [
    {
      principal: { kind: 'role', name: 'orders-api', userAgent: AGENTS.java },
      weekendShare: 0.45,
      calls: {
        'kms Decrypt': 1300,
        'ssm GetParameter': 800,
        'secretsmanager GetSecretValue': 260,
        'dynamodb DescribeTable': 130,
        'sqs GetQueueUrl': 90,
      },
    },
    {
      principal: { kind: 'role', name: 'catalog-api', userAgent: AGENTS.node },
      weekendShare: 0.6,
      target: 'shop-prod-uploads',
      calls: { 's3 GetObject': 700, 's3 PutObject': 320, 's3 DeleteObject': 90 },
    },
    {
      principal: {
        kind: 'service',
        name: 'lambda.amazonaws.com',
        userAgent: 'lambda.amazonaws.com',
      },
      weekendShare: 0.45,
      calls: { 'sts AssumeRole': 500 },
    },
    {
      principal: { kind: 'role', name: 'payment-worker', userAgent: AGENTS.boto },
      weekendShare: 0.35,
      calls: { 'logs CreateLogStream': 220, 'lambda Invoke': 240, 'kms GenerateDataKey': 200 },
    },
  ],
  development: [
    {
      principal: { kind: 'role', name: 'orders-api-dev', userAgent: AGENTS.java },
      weekendShare: 0.05,
      calls: { 'kms Decrypt': 90, 'ssm GetParameter': 110, 'logs CreateLogStream': 40 },
    },
  ],
  security: [
    {
      principal: { kind: 'role', name: 'log-archive-reader', userAgent: AGENTS.boto },
      weekendShare: 0.8,
      target: 'shop-org-trail',
      calls: { 's3 GetObject': 120, 'kms Decrypt': 110 },
    },
  ],
}

/** The day's calls of the account's applications, slot by slot. */
export function playApplications(stage: Stage): void {
  for (const application of APPLICATIONS[stage.account.kind]) serve(stage, application)
}

/** The share of an average hour's calls that falls at `hour` (0 to 24, UTC): a working day with an evening peak. */
export function dayShape(hour: number): number {
  const bump = (peak: number, width: number): number => Math.exp(-(((hour - peak) / width) ** 2))
  // The three parts add up to 24 over the 24 hours.
  return 0.3 + 1.72 * bump(11.5, 4) + 1.2 * bump(18.5, 2.2)
}

function serve(stage: Stage, application: Application): void {
  const { account, day, random, scale } = stage
  const busy = random.logNormal({ median: 1, spread: DAY_SPREAD })
  const level = scale * busy * (day.isWeekend ? application.weekendShare : 1)
  for (let hour = 0; hour < 24; hour += CREDENTIALS_MS / HOUR_MS) {
    const fromMs = day.startMs + hour * HOUR_MS
    const session = openSession(random, account, application.principal, { atMs: fromMs })
    for (let slotMs = fromMs; slotMs < fromMs + CREDENTIALS_MS; slotMs += SLOT_MS) {
      const share = (dayShape((slotMs - day.startMs) / HOUR_MS) * SLOT_MS) / (24 * HOUR_MS)
      serveSlot(stage, application, session, { slotMs, level: level * share })
    }
  }
}

function serveSlot(
  stage: Stage,
  { calls, target }: Application,
  session: Session,
  { slotMs, level }: { slotMs: number; level: number },
): void {
  const { random } = stage
  const detail = target === undefined ? {} : { target }
  for (const [api, perDay] of Object.entries(calls)) {
    const count = random.negativeBinomial({ mean: perDay * level, shape: NOISE_SHAPE })
    for (let made = 0; made < count; made += 1) {
      call(stage, session, api, slotMs + random.between(0, SLOT_MS), detail)
    }
  }
}
