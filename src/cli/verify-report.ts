import { rfc3339 } from '../base/times.ts'
import { VERDICTS, type Verdict, type VerdictKind, weightOf } from '../source/digest/verdict.ts'
import type { ProvenHours } from '../source/digest/verify-archive.ts'
import type { Listener } from '../source/digest/verify-chain.ts'

/** A verdict as JSON has it. */
export interface VerdictView extends Omit<Verdict, 'atMs'> {
  readonly at: string | null
  readonly remedy: string
}

/** What a whole verification came to. */
export interface VerifyResult {
  /** Nothing is unproven. */
  readonly ok: boolean
  readonly digestCount: number
  /** Logs that were held against a digest. */
  readonly logCount: number
  readonly inflatedBytes: number
  /** Logs that digests name which are not valid themselves. */
  readonly unverifiedLogCount: number
  /** Verdicts by kind. */
  readonly counts: Readonly<Partial<Record<VerdictKind, number>>>
  readonly verdicts: readonly VerdictView[]
  /** Verdicts that are not among those, for want of room: NDJSON has them all. */
  readonly omittedCount: number
}

/** Verdicts held for a table or a JSON document. */
const MOST_HELD = 10_000

/** A listener that adds up. Verdicts of what is valid are passed over unless all are wanted; `onVerdict` gets the rest in place of the result. */
export function verifyReport(options: {
  readonly all: boolean
  readonly onVerdict: ((view: VerdictView) => void) | null
  readonly onProgress: (
    so: Pick<VerifyResult, 'digestCount' | 'logCount' | 'inflatedBytes'>,
  ) => void
}): { readonly listener: Listener; readonly result: () => VerifyResult } {
  const { all, onVerdict, onProgress } = options
  const sum = { digestCount: 0, logCount: 0, inflatedBytes: 0, unverifiedLogCount: 0 }
  const counts = new Map<VerdictKind, number>()
  const verdicts: VerdictView[] = []
  const state = { ok: true, omittedCount: 0 }
  const result = (): VerifyResult => ({
    ...{ ...state, ...sum, verdicts },
    counts: Object.fromEntries(counts),
  })
  const listener: Listener = {
    tell(verdict) {
      counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1)
      const weight = weightOf(verdict)
      if (weight === 'unproven') state.ok = false
      if (weight === 'proven' && !all) return
      if (onVerdict !== null) onVerdict(viewOf(verdict))
      else if (verdicts.length < MOST_HELD) verdicts.push(viewOf(verdict))
      else state.omittedCount += 1
    },
    onDigest() {
      sum.digestCount += 1
      onProgress(sum)
    },
    onLog(inflatedBytes) {
      sum.logCount += 1
      sum.inflatedBytes += inflatedBytes
      onProgress(sum)
    },
    onUnverified(count) {
      sum.unverifiedLogCount += count
    },
  }
  return { listener, result }
}

/** Proven hours as JSON has them. */
export function hoursView({ account, region, trail, fromMs, untilMs }: ProvenHours) {
  const hourCount = (untilMs - fromMs) / 3_600_000
  return { account, region, trail, from: rfc3339(fromMs), to: rfc3339(untilMs), hourCount }
}

function viewOf({ atMs, ...verdict }: Verdict): VerdictView {
  const { remedy } = VERDICTS[verdict.kind]
  return { ...verdict, at: atMs === null ? null : rfc3339(atMs), remedy }
}
