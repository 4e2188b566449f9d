import { type Act, actOf, MINUTE_MS } from '../act.ts'
import { AGENTS, type Principal } from '../cast.ts'
import { apiOf, deniedCode } from '../catalogue.ts'
import type { Session } from '../session.ts'
import { DEPLOYER } from '../workloads/deployments.ts'
import { PAGES } from '../workloads/visits.ts'
import { enter, type Scene, type Script, spread } from './plot.ts'

/** What intruders do with stolen credentials. */
export const ATTACKS: readonly Script[] = [
  {
    id: 'hijack',
    kind: 'call-burst',
    account: 'production',
    title: 'stolen deployment role starts instances for mining',
    when: { place: 0.08, hour: 3 },
    about: { region: 'us-west-2', eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, { ...DEPLOYER, address: '198.51.100.201' })
      return {
        acts: [
          ...spread(scene, session, { api: 'ec2 RunInstances', count: 64, minutes: 14 }),
          ...spread(scene, session, {
            api: 'ec2 RunInstances',
            count: 12,
            minutes: 14,
            errorCode: 'Client.VcpuLimitExceeded',
          }),
        ],
      }
    },
  },
  {
    id: 'enumeration',
    kind: 'denied-burst',
    account: 'development',
    title: 'leaked key of a test user tries to list buckets',
    when: { place: 0.17, hour: 22 },
    about: {
      region: 'us-east-1',
      eventSource: 's3.amazonaws.com',
      eventName: 'ListBuckets',
      errorCode: 'AccessDenied',
    },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, user('ci-smoke-test'))
      return {
        acts: [
          ...spread(scene, session, { api: 'sts GetCallerIdentity', count: 25, minutes: 8 }),
          ...spread(scene, session, {
            api: 's3 ListBuckets',
            count: 60,
            minutes: 8,
            errorCode: 'AccessDenied',
          }),
        ],
      }
    },
  },
  {
    id: 'secrets',
    kind: 'first-seen',
    account: 'development',
    title: 'sandbox role reads every secret, an API this account never used',
    when: { place: 0.29, hour: 20 },
    about: {
      region: 'eu-west-1',
      eventSource: 'secretsmanager.amazonaws.com',
      eventName: 'GetSecretValue',
    },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, role('sandbox-runner'))
      return {
        acts: [
          ...spread(scene, session, { api: 'secretsmanager ListSecrets', count: 4, minutes: 1 }),
          ...spread(scene, session, {
            api: 'secretsmanager GetSecretValue',
            count: 150,
            minutes: 11,
          }),
        ],
      }
    },
  },
  {
    id: 'reconnaissance',
    kind: 'reconnaissance',
    account: 'production',
    title: 'former contractor asks once or twice of everything, half of it denied',
    when: { place: 0.38, hour: 23 },
    about: { region: 'eu-west-1', eventSource: null, eventName: null },
    hasPrincipal: true,
    play: (scene) => ({ acts: lookAround(scene, enter(scene, user('ext-hartmann'))) }),
  },
  {
    id: 'brute-force',
    kind: 'sign-in-failures',
    account: 'security',
    title: 'passwords are tried against the break-glass user',
    when: { place: 0.52, hour: 1 },
    about: { region: 'us-east-1', eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, { ...user('break-glass'), userAgent: AGENTS.firefox })
      return {
        acts: spread(scene, session, {
          api: 'signin ConsoleLogin',
          count: 85,
          minutes: 25,
          errorCode: 'Failure',
        }),
      }
    },
  },
  {
    id: 'lateral',
    kind: 'denied-burst',
    account: 'development',
    title: 'developer host guesses roles of other accounts',
    when: { place: 0.61, hour: 15 },
    about: {
      region: 'eu-west-1',
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      errorCode: 'AccessDenied',
    },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, role('catalog-api-dev'))
      return {
        acts: spread(scene, session, {
          api: 'sts AssumeRole',
          count: 55,
          minutes: 18,
          errorCode: 'AccessDenied',
        }),
      }
    },
  },
  {
    id: 'exfiltration',
    kind: 'data-theft',
    account: 'production',
    title: 'key of the reporting user downloads the export bucket',
    when: { place: 0.69, hour: 4 },
    about: { region: 'eu-west-1', eventSource: 's3.amazonaws.com', eventName: 'GetObject' },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, user('reporting-export'))
      const plan = { count: 900, minutes: 35, errorCode: null, target: 'shop-prod-exports' }
      return { acts: spread(scene, session, { api: 's3 GetObject', ...plan }) }
    },
  },
  {
    id: 'persistence',
    kind: 'persistence',
    account: 'production',
    title: 'new users, keys and administrator policies by one actor',
    when: { place: 0.78, hour: 2 },
    about: { region: 'us-east-1', eventSource: 'iam.amazonaws.com', eventName: null },
    hasPrincipal: true,
    play: (scene) => ({ acts: digIn(scene, enter(scene, role('batch-reports'))) }),
  },
  {
    id: 'snapshots',
    kind: 'call-burst',
    account: 'development',
    title: 'eight snapshots are quietly shared with a stranger',
    when: { place: 0.97, hour: 5 },
    about: {
      region: 'eu-west-1',
      eventSource: 'ec2.amazonaws.com',
      eventName: 'ModifySnapshotAttribute',
    },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, role('sandbox-runner'))
      return {
        acts: spread(scene, session, {
          api: 'ec2 ModifySnapshotAttribute',
          count: 8,
          minutes: 20,
        }),
      }
    },
  },
]

/** Everything a person sees on console pages, asked from a script. */
function lookAround({ random, startMs }: Scene, session: Session): Act[] {
  const names = random.shuffle([...new Set(PAGES.flatMap(({ apis }) => apis))]).slice(0, 110)
  return names.flatMap((name) => {
    const { service, isGlobal, readOnly } = apiOf(name)
    if (isGlobal || !readOnly) return []
    const errorCode = random.chance(0.5) ? deniedCode(service) : null
    return Array.from({ length: 1 + random.below(3) }, () =>
      actOf(random, session, name, startMs + random.between(0, 16) * MINUTE_MS, { errorCode }),
    )
  })
}

function digIn({ random, startMs, region }: Scene, session: Session): Act[] {
  const steps =
    'ListUsers CreateUser CreateAccessKey AttachUserPolicy CreateLoginProfile PutUserPolicy CreateAccessKey AttachUserPolicy'
  return Array.from({ length: 5 }, (_, round) => `svc-metrics-${round + 1}`).flatMap(
    (target, round) =>
      steps.split(' ').map((step, place) => {
        const atMs = startMs + (round * 100 + place * 9 + random.below(8)) * 1000
        return actOf(random, session, `iam ${step}`, atMs, { region, target, errorCode: null })
      }),
  )
}

function user(name: string): Principal {
  return { kind: 'user', name, userAgent: AGENTS.kali, address: '198.51.100.233' }
}

function role(name: string): Principal {
  return { kind: 'role', name, userAgent: AGENTS.kali, address: '198.51.100.219' }
}
