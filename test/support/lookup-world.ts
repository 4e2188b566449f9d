import { seededRandom } from './seeded-random.ts'

/** An event as the endpoint of LookupEvents holds it. */
export interface WorldEvent {
  readonly id: string
  /** Epoch milliseconds on a whole second. */
  readonly timeMs: number
  /** From when on it can be looked up. */
  readonly visibleMs: number
  readonly record: string
}

/** Which events there are: so many, evenly at random over a stretch, each seen up to so much later. */
export interface WorldShape {
  readonly seed: number
  readonly eventCount: number
  readonly fromMs: number
  readonly untilMs: number
  readonly delayMs?: number
}

const APIS = [
  ['ec2.amazonaws.com', 'DescribeInstances'],
  ['sts.amazonaws.com', 'AssumeRole'],
  ['iam.amazonaws.com', 'GetRole'],
  ['ec2.amazonaws.com', 'RunInstances'],
] as const

/** Generated events, newest first. Many fall on one second, and some on the borders of whole hours. */
export function lookupWorld(shape: WorldShape): readonly WorldEvent[] {
  const random = seededRandom(shape.seed)
  const events = Array.from({ length: shape.eventCount }, () => worldEvent(shape, random))
  return events.sort((one, other) => other.timeMs - one.timeMs)
}

function worldEvent(shape: WorldShape, random: () => number): WorldEvent {
  const spreadMs = shape.fromMs + random() * (shape.untilMs - shape.fromMs)
  const grainMs = random() < 0.05 ? 3_600_000 : 1000
  const timeMs = Math.max(shape.fromMs, Math.floor(spreadMs / grainMs) * grainMs)
  const [eventSource, eventName] = APIS[Math.floor(random() * APIS.length)] ?? APIS[0]
  const id = uuid(random)
  const record = JSON.stringify({
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/anna',
      note: 'ü "quoted" \\',
    },
    eventTime: new Date(timeMs).toISOString().replace('.000Z', 'Z'),
    eventSource,
    eventName,
    awsRegion: 'eu-west-1',
    eventID: id,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
  })
  return { id, timeMs, visibleMs: timeMs + random() * (shape.delayMs ?? 0), record }
}

function uuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
