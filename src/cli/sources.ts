import { Fault } from '../base/fault.ts'
import type { DeliverySpan } from '../source/delivery-span.ts'
import { localFiles } from '../source/local-files.ts'
import { lookupEvents } from '../source/lookup-events.ts'
import type { TrailFiles } from '../source/s3/list-trail.ts'
import { s3Objects } from '../source/s3-objects.ts'
import type { Source } from '../source/source.ts'
import { standardInput } from '../source/standard-input.ts'
import { type AwsFlags, doorOf } from './aws-options.ts'
import type { Terminal } from './terminal.ts'

export interface SourceOptions extends AwsFlags {
  readonly from?: number
  readonly to?: number
  readonly account?: string
  /** What is looked for in buckets: files of events, unless said otherwise. */
  readonly files?: TrailFiles
}

const DAY_MS = 86_400_000
/** LookupEvents keeps 90 days. */
const LOOKUP_DAYS = 90

/**
 * Throws `USAGE` where nothing is named to read, and `INPUT_NOT_FOUND` for a path that does not exist: before a store is
 * made, so that a mistyped path leaves none behind.
 */
export async function refuseMissing(inputs: readonly string[]): Promise<void> {
  if (inputs.length === 0) {
    throw new Fault(
      'USAGE',
      'say what to read: a file or folder of CloudTrail logs, s3://BUCKET, lookup://REGION, or - for standard input',
    )
  }
  const paths = pathsAmong(inputs)
  if (paths.length > 0) await localFiles(paths).list()[Symbol.asyncIterator]().next()
}

/**
 * The inputs of a command line as sources: paths, `-`, `s3://BUCKET`, `lookup://REGION`. Paths go together, so that totals are
 * known. Throws `USAGE` where the span runs backwards, or an input is none.
 */
export function sourcesOf(
  inputs: readonly string[],
  options: SourceOptions,
  terminal: Terminal,
): readonly Source[] {
  refuseReversed(options)
  const paths = pathsAmong(inputs)
  const rest = [...new Set(inputs)].filter((input) => !paths.includes(input))
  return [
    ...(paths.length > 0 ? [localFiles(paths, deliverySpan(options, terminal))] : []),
    ...rest.map((input) =>
      input === '-' ? standardInput(terminal.input) : farSource(input, options, terminal),
    ),
  ]
}

/** One moment is a span: what was delivered on its day. Throws `USAGE`. */
function refuseReversed({ from, to }: SourceOptions): void {
  if (from !== undefined && to !== undefined && from > to)
    throw new Fault('USAGE', '--from must not lie after --to')
}

function pathsAmong(inputs: readonly string[]): readonly string[] {
  return inputs.filter((input) => input !== '-' && !/^(lookup|s3):/.test(input))
}

function farSource(input: string, options: SourceOptions, terminal: Terminal): Source {
  if (!input.startsWith('s3:')) return lookupOf(input, options, terminal)
  const { files } = options
  return s3Objects({
    url: input,
    span: deliverySpan(options, terminal),
    ...doorOf(options, terminal),
    ...(files === undefined ? {} : { files }),
  })
}

/** null: whenever delivered. */
function deliverySpan({ from, to }: SourceOptions, terminal: Terminal): DeliverySpan | null {
  if (from === undefined && to === undefined) return null
  return { fromMs: from ?? 0, untilMs: to ?? terminal.now() }
}

/** The Region of `lookup://REGION`. Throws `USAGE`. */
export function lookupRegion(input: string): string {
  const region = /^lookup:\/\/([a-z0-9-]+)\/?$/.exec(input)?.[1]
  if (region !== undefined) return region
  throw new Fault(
    'USAGE',
    `'${input}' is no LookupEvents input: write lookup://REGION, for example lookup://eu-west-1`,
  )
}

function lookupOf(input: string, options: SourceOptions, terminal: Terminal): Source {
  const region = lookupRegion(input)
  const { from, to } = options
  const nowMs = terminal.now()
  return lookupEvents({
    region,
    fromMs: from ?? nowMs - LOOKUP_DAYS * DAY_MS,
    untilMs: to ?? nowMs,
    ...doorOf(options, terminal),
    ...(options.account === undefined ? {} : { account: options.account }),
    clock: { now: terminal.now, sleep: terminal.sleep },
    random: terminal.random,
  })
}
