import { shortTime } from '../base/times.ts'
import { safe } from '../sink/safe.ts'
import { VERDICTS, type VerdictKind } from '../source/digest/verdict.ts'
import type { ProvenHours } from '../source/digest/verify-archive.ts'
import { counted, grouped } from './progress.ts'
import { cutAt, type Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'
import type { VerdictView, VerifyResult } from './verify-report.ts'

/** What was found, what to do about each kind of it, and the hours that are proven. */
export function verifyTables(
  { verdicts, omittedCount }: VerifyResult,
  proven: readonly ProvenHours[],
  terminal: Terminal,
): string {
  const more = omittedCount === 0 ? '' : `… and ${grouped(omittedCount)} more: --format ndjson\n`
  const parts = [
    ...(verdicts.length === 0 ? [] : [verdictTable(verdicts, terminal) + more]),
    ...(verdicts.length === 0 ? [] : [remedyWords(verdicts)]),
    ...(proven.length === 0 ? [] : [provenTable(proven, terminal)]),
  ]
  return parts.join('\n')
}

/** How it went, in a line or two. */
export function verifyWords(result: VerifyResult, proven: readonly ProvenHours[]): string {
  const { ok, digestCount, logCount, unverifiedLogCount, counts } = result
  const valid = (kind: VerdictKind): string => grouped(counts[kind] ?? 0)
  const unverified =
    unverifiedLogCount === 0 ? '' : `, ${counted(unverifiedLogCount, 'log')} of invalid digests`
  const hourCount = proven.reduce((sum, hours) => sum + hoursOf(hours), 0)
  return [
    `Valid    ${valid('valid-digest')} of ${counted(digestCount, 'digest')}, ${valid('valid-log')} of ${counted(logCount, 'log')}${unverified}\n`,
    `Proven   ${counted(hourCount, 'hour')} of accounts and Regions; ${ok ? 'nothing is amiss' : 'NOT everything is proven'}\n`,
  ].join('')
}

function verdictTable(verdicts: readonly VerdictView[], terminal: Terminal): string {
  return textTable(
    ['VERDICT', 'WHEN (UTC)', 'ACCOUNT', 'REGION', 'FILE', ''],
    verdicts.map(({ kind, at, account, region, file, words }) => [
      kind,
      at === null ? '' : shortTime(Date.parse(at)),
      account,
      safe(region),
      safe(file?.slice(file.lastIndexOf('/') + 1) ?? ''),
      safe(words),
    ]),
    cutAt(terminal),
  )
}

function remedyWords(verdicts: readonly VerdictView[]): string {
  const kinds = [...new Set(verdicts.map(({ kind }) => kind))]
  return kinds.map((kind) => `${kind}: ${VERDICTS[kind].remedy}\n`).join('')
}

function provenTable(proven: readonly ProvenHours[], terminal: Terminal): string {
  return textTable(
    ['PROVEN', 'REGION', 'TRAIL', 'FROM (UTC)', 'TO (UTC)', 'HOURS'],
    proven.map((hours) => [
      hours.account,
      safe(hours.region),
      safe(hours.trail),
      shortTime(hours.fromMs),
      shortTime(hours.untilMs),
      hoursOf(hours),
    ]),
    cutAt(terminal),
  )
}

const hoursOf = ({ fromMs, untilMs }: ProvenHours): number => (untilMs - fromMs) / 3_600_000
