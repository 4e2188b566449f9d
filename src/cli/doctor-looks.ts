import { Fault } from '../base/fault.ts'
import { doubtful, type Finding, failing, fine } from '../base/finding.ts'
import type { SinkSettings } from '../base/sinks.ts'
import { regionOf } from '../sink/aws/sns.ts'
import { checkSink } from '../sink/checkup/check-sink.ts'
import { ACCESS_KEY_FILE } from '../source/access-keys.ts'
import { API_TOKEN_FILE } from '../source/api-tokens.ts'
import { type AwsDoor, HURRIED } from '../source/aws/door.ts'
import { checkCaller } from '../source/checkup/check-caller.ts'
import { checkBucket, checkFiles, checkLookup, checkQueue } from '../source/checkup/check-source.ts'
import { type KeyFileKind, readKeyFile } from '../source/key-file.ts'
import { type AwsFlags, doorOf } from './aws-options.ts'
import type { Look } from './checkup.ts'
import { sinkWorld } from './sink-world.ts'
import { lookupRegion } from './sources.ts'
import type { Terminal } from './terminal.ts'

/** What doctor is asked to look at, beside the store. */
export interface Wanted extends AwsFlags {
  readonly sources: readonly string[]
  readonly queue?: string
  readonly region?: string
  readonly sinks: readonly SinkSettings[]
  readonly tokens?: string
  readonly accessKeys?: string
}

/** The oldest Node.js that it runs on. */
export const LEAST_NODE = '20.19.0'

/** Every look outside the store. Throws `USAGE` for sources that cannot be looked at. */
export function looksAt(wanted: Wanted, terminal: Terminal): readonly Look[] {
  const flags = doorOf(wanted, terminal)
  const { region } = wanted
  const door = { ...flags, ...(region === undefined ? {} : { region }), patience: HURRIED }
  return [
    callerLooks(wanted, door, terminal),
    wanted.sources.map((source) => sourceLook(source, door, terminal)),
    wanted.queue === undefined ? [] : [queueLook(wanted.queue, door)],
    wanted.sinks.map((settings) => sinkLook(settings, terminal)),
    keyFileLooks(wanted),
    [nodeLook(terminal)],
  ].flat()
}

/** Who asks, once for each way in that is needed. */
function callerLooks(
  { sources, queue, sinks }: Wanted,
  door: AwsDoor,
  terminal: Terminal,
): readonly Look[] {
  const asksAws = queue !== undefined || sources.some((source) => /^(s3|lookup):/.test(source))
  const sinkDoors = sinks.flatMap((sink) => (isOfAws(sink) ? [sinkDoor(sink, terminal)] : []))
  const doors = new Map([...(asksAws ? [door] : []), ...sinkDoors].map((one) => [textOf(one), one]))
  return [...doors.values()].map((one) => ({
    of: { check: 'credentials', place: one.roleArn ?? one.profile ?? null },
    look: () => checkCaller(one, terminal.now),
  }))
}

type AwsSink = Extract<SinkSettings, { readonly type: 'sns' | 'eventbridge' | 's3' }>
const isOfAws = (sink: SinkSettings): sink is AwsSink =>
  sink.type === 'sns' || sink.type === 'eventbridge' || sink.type === 's3'

/** As the sink itself goes in. */
function sinkDoor(sink: AwsSink, terminal: Terminal): AwsDoor {
  const region = sink.type === 'sns' ? regionOf(sink.topicArn) : sink.region
  const where = region === undefined ? {} : { region }
  return { ...doorOf(sink, terminal), ...where, patience: HURRIED }
}

const textOf = ({ profile, endpointUrl, roleArn, externalId }: AwsDoor): string =>
  JSON.stringify([profile, endpointUrl, roleArn, externalId])

function sourceLook(source: string, door: AwsDoor, { now }: Terminal): Look {
  if (source === '-')
    throw new Fault('USAGE', "standard input cannot be looked at without reading it: leave out '-'")
  if (source.startsWith('s3:'))
    return {
      of: { check: 'list', place: source },
      look: () => checkBucket(source, door, now()),
    }
  if (source.startsWith('lookup:')) {
    const region = lookupRegion(source)
    return { of: { check: 'lookup', place: source }, look: () => checkLookup(region, door, now()) }
  }
  return { of: { check: 'files', place: source }, look: () => checkFiles(source) }
}

const queueLook = (url: string, door: AwsDoor): Look => ({
  of: { check: 'queue', place: url },
  look: () => checkQueue(url, door),
})

const sinkLook = (settings: SinkSettings, terminal: Terminal): Look => ({
  of: { check: 'sink', place: settings.name },
  look: async () => [await checkSink(settings, sinkWorld(terminal))],
})

function keyFileLooks({ tokens, accessKeys }: Wanted): readonly Look[] {
  return [
    ...(tokens === undefined ? [] : [keyFileLook('tokens', tokens, API_TOKEN_FILE)]),
    ...(accessKeys === undefined ? [] : [keyFileLook('access-keys', accessKeys, ACCESS_KEY_FILE)]),
  ]
}

function keyFileLook<Key>(check: string, path: string, kind: KeyFileKind<Key>): Look {
  const of = { check, place: path }
  return {
    of,
    look: () => {
      const { length } = readKeyFile(path, kind)
      return length === 0
        ? [doubtful(of, `there are no ${kind.title} in it`, `${kind.command} create makes them`)]
        : [fine(of, `it holds ${length}, for its owner alone`)]
    },
  }
}

const nodeLook = ({ nodeVersion }: Terminal): Look => ({
  of: { check: 'node', place: null },
  look: () => [nodeFinding(nodeVersion)],
})

function nodeFinding(version: string): Finding {
  const of = { check: 'node', place: null }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE.split('.').map(Number)
  const isOld = major < leastMajor || (major === leastMajor && minor < leastMinor)
  return isOld
    ? failing(of, `Node.js ${version} is too old`, `install ${LEAST_NODE} or newer`)
    : fine(of, `Node.js ${version}`)
}
