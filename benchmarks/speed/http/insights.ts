import { rateOver } from '../../../src/insight/averages.ts'
import { type InsightSubject, insightId } from '../../../src/insight/identity.ts'
import type { Attribution, Insight, RateOverSpan } from '../../../src/insight/insight.ts'
import { between, pick, type Random, randomOf, whole } from '../../quality/scenario/random.ts'
import { APIS } from '../trail/apis.ts'

const MINUTE_MS = 60_000
const WEEK_MINUTES = 7 * 24 * 60
const SPACING_MINUTES = 5
/** Later than any trail's end, so that a run beside them changes nothing on their first page. */
const FIRST_MS = Date.UTC(2027, 0, 4)
const REGIONS = ['us-east-1', 'eu-west-1'] as const
const AGENT =
  'aws-sdk-java/2.27.21 Linux/5.10.224-212.876.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/21.0.4+7-LTS vendor/Amazon.com_Inc. exec-env/AWS_ECS_FARGATE cfg/retry-mode/legacy'

/** Closed rises of an account, one every five minutes, about as large in a store as real ones are (3 kB). */
export function insightsOf(account: string, count: number): readonly Insight[] {
  const random = randomOf(Number(account.slice(-9)), 'insights')
  return Array.from({ length: count }, (_, at) =>
    riseAt(FIRST_MS + at * SPACING_MINUTES * MINUTE_MS, account, random),
  )
}

function riseAt(startMs: number, account: string, random: Random): Insight {
  const api = pick(random, APIS)
  const minutes = whole(random, 5, 90)
  const count = whole(random, 20, 900)
  const untilMs = startMs + minutes * MINUTE_MS
  const about: InsightSubject = {
    ...{ account, region: pick(random, REGIONS), eventSource: api.source, eventName: api.name },
    ...{ errorCode: null, startMs },
    category: 'Management',
    insightType: 'ApiCallRateInsight',
    direction: 'up',
  }
  const id = insightId(about)
  const principal = `arn:aws:sts::${account}:assumed-role/role-${whole(random, 1, 40)}`
  const trigger = rateOver(count, startMs, startMs + SPACING_MINUTES * MINUTE_MS)
  const episode = rateOver(count * 2, startMs, untilMs)
  const score = between(random, 4, 40)
  return {
    ...{ ...about, id, endMs: untilMs, detectedMs: trigger.untilMs },
    state: 'closed',
    ...{ baseline: rateOver(count, startMs - WEEK_MINUTES * MINUTE_MS, startMs), trigger, episode },
    ...{ expected: between(random, 0, 9), low: 0, high: 14 },
    ...{ score, peakScore: score + 3, severity: between(random, 40, 100) },
    ...{ firstSeen: false, unconfirmedLevel: false, readOnly: false, principal, aggregate: null },
    ...{ incident: id, attributions: attributed(trigger, principal, random) },
    episodeAttributions: attributed(episode, principal, random),
    explanation: `${count} calls in 5 minutes; at most 14 are normal; once in 140 weeks; 93 % by ${principal}`,
    arithmetic: arithmeticOf(count, random),
  }
}

function attributed(
  { average }: RateOverSpan,
  principal: string,
  random: Random,
): readonly Attribution[] {
  const other = principal.replace('role-', `other-${whole(random, 1, 9)}-`)
  const share = between(random, 0.6, 1)
  const side = (value: string, part: number) => [{ value, average: average * part }]
  return [
    {
      attribute: 'userIdentityArn',
      insight: [...side(principal, share), ...side(other, 1 - share)],
      baseline: side(other, 0.01),
    },
    { attribute: 'userAgent', insight: side(AGENT, 1), baseline: side(AGENT, 0.01) },
    { attribute: 'errorCode', insight: side('null', 1), baseline: side('null', 0.01) },
  ]
}

function arithmeticOf(count: number, random: Random): Insight['arithmetic'] {
  return {
    ...{ law: 'negative binomial', count, mean: between(random, 0, 9), looks: 5 },
    ...{
      phi: between(random, 1, 4),
      alpha: between(random, 0, 1),
      logTail: -between(random, 9, 90),
    },
    ...{ tailFrom: Math.LN10, tailScale: between(random, 1, 2), bound: between(random, 9, 90) },
    ...{ changesPerWeek: between(random, 0, 1), level: between(random, 0, 9), windowMinutes: 5 },
  }
}
