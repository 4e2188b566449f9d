import { rfc3339 } from '../../base/times.ts'
import { parseObjectName } from '../object-name.ts'
import { type CheckedLog, checkLog } from './check-log.ts'
import type { Location, NamedLog } from './digest.ts'
import type { FileSet } from './file-set.ts'
import { type Blemish, blemishOf, type Mark } from './hour-words.ts'
import { inOrder } from './in-order.ts'
import { type Stretch, without } from './stretches.ts'
import { LATEST_MS } from './unnamed-logs.ts'
import { type Finding, type Verdict, weightOf } from './verdict.ts'
import { type Chain, type Step, type Walk, walkChain } from './walk-chain.ts'

/** Who hears of what is found. */
export interface Listener {
  tell(verdict: Verdict): void
  /** A digest was checked, or a log of so many bytes, inflated. */
  onDigest(): void
  onLog(inflatedBytes: number): void
  /** Logs that an invalid digest names, which nobody can vouch for. */
  onUnverified(count: number): void
  /** A log that a valid digest names, before it is looked at. */
  onNamed?(file: string, log: NamedLog): void
}

/** What a chain speaks for. */
export interface ChainReport {
  /** Where a valid digest says what was delivered. */
  readonly covered: readonly Stretch[]
  /** Where all that it says was delivered is there, as it was. */
  readonly proven: readonly Stretch[]
  /** Where something is amiss. */
  readonly blemished: readonly Stretch[]
  /** What is amiss, for the hours of the store. */
  readonly marks: readonly Mark[]
  /** From where to where there should be a digest for every hour. */
  readonly reach: Stretch
  /** Where its newest digest ends; epoch milliseconds, 0 where there is none to believe. */
  readonly newestMs: number
}

/** Logs fetched at a time. */
const WIDTH = 8
const HOUR_MS = 3_600_000

type DigestStep = Extract<Step, { kind: 'digest' }>

/** Walks one chain and holds its logs against it; what digests name goes into `named`. */
export async function verifyChain(
  chain: Chain,
  walk: Walk & { readonly nowMs: number },
  named: FileSet,
  listener: Listener,
): Promise<ChainReport> {
  const covered: Stretch[] = []
  const blemished: Stretch[] = []
  const marks: Mark[] = []
  const ends = [chain.beforeMs ?? []].flat()
  let newestMs = 0
  for await (const step of walkChain(chain, walk)) {
    if (step.kind === 'gap') {
      tellGap(step, chain, listener)
      marks.push({ fromMs: step.fromMs, untilMs: step.untilMs, blemish: 'gap' })
      continue
    }
    const time = timeOf(step)
    ends.push(reachedBy(step, time))
    // What lies after the span is not told of, so it is believed only where it is valid.
    if (step.isAfter && !step.isValid) continue
    nameLogs(step, walk, named, listener)
    newestMs = Math.max(newestMs, time.untilMs)
    if (step.isAfter) continue
    ends.push(time.fromMs)
    const { isWhole, blemishes } = await verifyDigest(step, chain, walk, listener)
    if (step.isValid) covered.push(time)
    if (!isWhole) blemished.push(time)
    marks.push(...[...blemishes].map((blemish) => ({ ...time, blemish })))
  }
  if (!chain.isBackfill) tellStale(newestMs, chain, walk, listener)
  const reach = { fromMs: Math.min(...ends), untilMs: Math.max(...ends) }
  return { covered, blemished, marks, reach, newestMs, proven: without(covered, blemished) }
}

function nameLogs(
  { digest, isValid }: DigestStep,
  { archive }: Walk,
  named: FileSet,
  { onNamed }: Listener,
): void {
  for (const log of digest?.logs ?? []) {
    const file = archive.nameOf(log)
    named.add(file)
    if (isValid) onNamed?.(file, log)
  }
}

/** The time a digest speaks for: by its own word where it is valid, else the hour that its name ends. */
function timeOf({ at, digest, isValid }: DigestStep): Stretch {
  if (isValid && digest !== null) return { fromMs: digest.startMs, untilMs: digest.endMs }
  const untilMs = parseObjectName(at.key)?.stampMs ?? 0
  return { fromMs: untilMs - HOUR_MS, untilMs }
}

/** How far a digest is known to reach: one after the span vouches for the time before it alone. */
const reachedBy = ({ isAfter }: DigestStep, { fromMs, untilMs }: Stretch): number =>
  isAfter ? fromMs : untilMs

function tellGap(
  { fromMs, untilMs }: Extract<Step, { kind: 'gap' }>,
  { account, region, trail }: Chain,
  { tell }: Listener,
): void {
  const words = `no digest speaks for the time from here until ${rfc3339(untilMs)}`
  tell({ kind: 'gap', account, region, trail, file: null, atMs: fromMs, words })
}

/** Tells of a digest and its logs; answers whether all of it is proven, and what is not. */
async function verifyDigest(
  step: DigestStep,
  { account, region, trail }: Chain,
  { archive, check = checkLog, wasRead = () => true }: Walk,
  listener: Listener,
): Promise<{ readonly isWhole: boolean; readonly blemishes: ReadonlySet<Blemish> }> {
  const tell = (at: Location, finding: Finding): void => {
    const atMs = parseObjectName(at.key)?.stampMs ?? null
    listener.tell({ ...finding, account, region, trail, file: archive.nameOf(at), atMs })
  }
  listener.onDigest()
  const blemishes = new Set(step.findings.flatMap(({ kind }) => blemishOf(kind) ?? []))
  for (const finding of findingsOf(step)) tell(step.at, finding)
  const logs = step.digest?.logs ?? []
  if (!step.isValid) {
    listener.onUnverified(logs.length)
    return { isWhole: false, blemishes }
  }
  let isWhole = true
  const work = (log: NamedLog): Promise<CheckedLog> => check(log, archive)
  for await (const { log, finding, inflatedBytes, storedSha256 } of inOrder(logs, WIDTH, work)) {
    listener.onLog(inflatedBytes)
    tell(log, finding)
    isWhole &&= weightOf(finding) === 'proven'
    const blemish = blemishOf(finding.kind)
    if (blemish !== undefined) blemishes.add(blemish)
    if (storedSha256 !== null && !wasRead(storedSha256)) blemishes.add('unknown')
  }
  return { isWhole, blemishes }
}

function findingsOf({ isValid, findings }: DigestStep): readonly Finding[] {
  const valid: Finding = { kind: 'valid-digest', words: 'CloudTrail signed it' }
  return isValid ? [valid, ...findings] : findings
}

function tellStale(
  newestMs: number,
  { account, region, trail }: Chain,
  { span, nowMs }: Walk & { readonly nowMs: number },
  { tell }: Listener,
): void {
  const untilMs = Math.min(span.untilMs ?? nowMs, nowMs)
  if (newestMs >= untilMs - LATEST_MS) return
  const words = 'this is where its last digest ends, and there should be one every hour'
  const atMs = newestMs === 0 ? null : newestMs
  tell({ kind: 'stale', account, region, trail, file: null, atMs, words })
}
