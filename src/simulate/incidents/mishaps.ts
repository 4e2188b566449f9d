import { HOUR_MS } from '../act.ts'
import { AGENTS, type Principal } from '../cast.ts'
import { enter, type Script, spread } from './plot.ts'

/** What goes wrong without an intruder: bad releases, disabled keys, dead agents, runaway loops. */
export const MISHAPS: readonly Script[] = [
  {
    id: 'throttled-release',
    kind: 'error-burst',
    account: 'production',
    title: 'a release asks for its configuration in a loop and is throttled',
    when: { place: 0.22, hour: 10, onWorkday: true },
    about: {
      region: 'eu-west-1',
      eventSource: 'ssm.amazonaws.com',
      eventName: 'GetParameter',
      errorCode: 'ThrottlingException',
    },
    hasPrincipal: true,
    play: (scene) => {
      const plan = { api: 'ssm GetParameter', minutes: 80 }
      const session = enter(scene, application('orders-api', AGENTS.java))
      return {
        acts: [
          ...spread(scene, session, { ...plan, count: 320, errorCode: 'ThrottlingException' }),
          ...spread(scene, session, { ...plan, count: 60, errorCode: null }),
        ],
      }
    },
  },
  {
    id: 'snapshot-loop',
    kind: 'slow-rise',
    account: 'production',
    title: 'a clean-up function describes snapshots ever faster for three hours',
    when: { place: 0.33, hour: 12 },
    about: {
      region: 'eu-west-1',
      eventSource: 'ec2.amazonaws.com',
      eventName: 'DescribeSnapshots',
    },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, application('image-resizer', AGENTS.boto))
      const plan = { api: 'ec2 DescribeSnapshots', count: 380, minutes: 180, isRising: true }
      return { acts: spread(scene, session, plan) }
    },
  },
  {
    id: 'dead-agents',
    kind: 'drop',
    account: 'production',
    title: 'agents fall silent after an expired certificate',
    when: { place: 0.46, hour: 9 },
    about: {
      region: 'eu-west-1',
      eventSource: 'ssm.amazonaws.com',
      eventName: 'UpdateInstanceInformation',
    },
    hasPrincipal: false,
    play: () => ({ silenceMs: 4.5 * HOUR_MS }),
  },
  {
    id: 'disabled-key',
    kind: 'rare-error',
    account: 'production',
    title: 'a key is disabled that payments still need',
    when: { place: 0.57, hour: 14, onWorkday: true },
    about: {
      region: 'eu-west-1',
      eventSource: 'kms.amazonaws.com',
      eventName: 'Decrypt',
      errorCode: 'DisabledException',
    },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, application('payment-worker', AGENTS.boto))
      const plan = { count: 45, minutes: 20, errorCode: 'DisabledException' }
      return { acts: spread(scene, session, { api: 'kms Decrypt', ...plan }) }
    },
  },
  {
    id: 'deletion',
    kind: 'slow-rise',
    account: 'production',
    title: 'a wrong retention setting deletes uploads, slowly at first',
    when: { place: 0.88, hour: 19 },
    about: { region: 'eu-west-1', eventSource: 's3.amazonaws.com', eventName: 'DeleteObject' },
    hasPrincipal: true,
    play: (scene) => {
      const session = enter(scene, application('image-resizer', AGENTS.node))
      const plan = { count: 420, minutes: 180, target: 'shop-prod-uploads', isRising: true }
      return { acts: spread(scene, session, { api: 's3 DeleteObject', ...plan }) }
    },
  },
]

function application(name: string, userAgent: string): Principal {
  return { kind: 'role', name, userAgent }
}
