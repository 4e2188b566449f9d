import { rfc3339 } from '../base/times.ts'
import type { DeliveryReport } from '../pipeline/delivery/report.ts'
import type { IngestReport, Trouble } from '../pipeline/ingest-report.ts'
import type { Outlook } from '../pipeline/outlook.ts'
import type { RunReport } from '../pipeline/run.ts'
import { shellWord } from '../pipeline/shell-word.ts'
import { safe } from '../sink/safe.ts'
import { bytesText, counted, grouped } from './progress.ts'

const TROUBLES_SHOWN = 5
const LEVELS_SHOWN = 5

/** What a run was told: its store, and when what it reads was delivered, if that was said. */
interface RunOf {
  readonly store: string
  readonly from?: number
  readonly to?: number
}

/** What a run says at its end, on stderr: what was read and became of it, what changed, what can be seen now. */
export function closingWords(report: RunReport, { store, from, to }: RunOf): string {
  const { ingest, detect, delivery, outlook, elapsedMs } = report
  const nothingNew =
    ingest.listed > 0 && ingest.objects.unchanged === ingest.listed && detect.accountsScored === 0
  const lines = [
    ...(nothingNew ? ['Nothing new: every file was read before, and nothing changed.'] : []),
    filesLine(ingest, from !== undefined || to !== undefined),
    ...waitingLines(report),
    ...recordLines(ingest),
    ...ingest.troubles.slice(0, TROUBLES_SHOWN).map(troubleLine),
    ...moreTroubles(ingest.troubles, store),
    insightsLine(report),
    ...delivery.flatMap(deliveryLines),
    ...(outlook.accounts > 0 ? outlookLines(outlook) : []),
    `Done in ${(elapsedMs / 1000).toFixed(1)} s. Store: ${safe(store)}`,
  ]
  return `${lines.join('\n')}\n`
}

function waitingLines({ verified }: RunReport): readonly string[] {
  if (verified === undefined || verified.unnamed === 0) return []
  return [
    `Waiting  ${counted(verified.unnamed, 'file')} that no valid digest names yet: left for a later run (offtrail verify says why)`,
  ]
}

function deliveryLines(report: DeliveryReport): readonly string[] {
  const { sink, what, delivered, history } = report
  const kept = history > 0 ? ` (${grouped(history)} older than the delivery line kept back)` : ''
  return [`Delivered ${counted(delivered, what)} to ${safe(sink)}${kept}.`, ...sinkTroubles(report)]
}

function sinkTroubles({
  sink,
  what,
  waiting,
  dropped,
  trouble,
}: DeliveryReport): readonly string[] {
  const parts = [
    ...(waiting > 0 ? [`${counted(waiting, what)} wait${waiting === 1 ? 's' : ''}`] : []),
    ...(dropped > 0 ? [`${counted(dropped, what)} refused and given up`] : []),
  ]
  if (parts.length === 0) return []
  return [`  ! ${safe(sink)}: ${parts.join(', ')}${trouble === null ? '' : `: ${safe(trouble)}`}`]
}

/** What even a quiet run says: the files that failed and were not known to, and the sinks that failed. */
export function newTroubles({ ingest, delivery }: RunReport): string {
  const lines = [
    ...ingest.troubles.filter(({ known }) => !known).map(troubleLine),
    ...delivery.filter(({ trouble }) => trouble !== null).flatMap(sinkTroubles),
  ]
  return lines.map((line) => `${line.trimStart()}\n`).join('')
}

function filesLine(
  { listed, objects, skippedByCode, storedBytes, inflatedBytes }: IngestReport,
  isSpanned: boolean,
): string {
  if (listed === 0)
    return `Files    none found there${isSpanned ? ', delivered in the time that --from and --to leave' : ''}`
  const skips = Object.entries(skippedByCode).map(
    ([code, count]) => `${SKIPS.get(code) ?? code} ${count}`,
  )
  const parts = [
    `${grouped(objects.done)} done`,
    ...(objects.partial > 0 ? [`${grouped(objects.partial)} partial`] : []),
    ...(objects.failed > 0 ? [`${grouped(objects.failed)} failed`] : []),
    ...(objects.skipped > 0 ? [`${grouped(objects.skipped)} skipped (${skips.join(', ')})`] : []),
    ...(objects.unchanged > 0 ? [`${grouped(objects.unchanged)} unchanged`] : []),
  ]
  const size =
    storedBytes > 0 ? `; ${bytesText(storedBytes)}, ${bytesText(inflatedBytes)} inflated` : ''
  return `Files    ${grouped(listed)} listed = ${parts.join(' + ')}${size}`
}

const SKIPS: ReadonlyMap<string, string> = new Map([
  ['EMPTY', 'empty'],
  ['DIGEST', 'digests'],
  ['INSIGHT', 'Insights files'],
  ['NOT_CLOUDTRAIL', 'not CloudTrail'],
])

function recordLines({ listed, objects, tally, rejectedByCode }: IngestReport): readonly string[] {
  if (tally.read === 0) {
    return objects.skipped > 0 && objects.skipped === listed
      ? ['Records  none: nothing there is a CloudTrail log']
      : []
  }
  const codes = Object.entries(rejectedByCode).map(([code, count]) => `${code} ${grouped(count)}`)
  const parts = [
    `${grouped(tally.counted)} counted`,
    `${grouped(tally.duplicate)} duplicate`,
    `${grouped(tally.late)} late`,
    `${grouped(tally.rejected)} rejected${codes.length > 0 ? ` (${codes.join(', ')})` : ''}`,
    ...(tally.insights > 0 ? [`${grouped(tally.insights)} Insight records, not counted`] : []),
  ]
  const conflict = `${counted(tally.conflicts, 'event id')} seen with more than one content: each is counted`
  return [
    `Records  ${grouped(tally.read)} read = ${parts.join(' + ')}`,
    ...(tally.conflicts > 0 ? [conflict] : []),
  ]
}

function troubleLine({ key, code, message, known }: Trouble): string {
  return `  ! ${safe(key)}: ${safe(message)} [${code}]${known ? ' (as before)' : ''}`
}

function moreTroubles(troubles: readonly Trouble[], store: string): readonly string[] {
  const more = troubles.length - TROUBLES_SHOWN
  return more > 0
    ? [
        `  ! … and ${grouped(more)} more: offtrail quarantine list --store ${safe(shellWord(store))}`,
      ]
    : []
}

function insightsLine({ detect }: RunReport): string {
  const { added, changed, retracted } = detect.insights
  if (added + changed + retracted === 0) return 'Insights none new'
  const parts = [
    `${grouped(added)} new`,
    ...(changed > 0 ? [`${grouped(changed)} changed`] : []),
    ...(retracted > 0 ? [`${grouped(retracted)} retracted`] : []),
  ]
  return `Insights ${parts.join(', ')}`
}

function outlookLines(outlook: Outlook): readonly string[] {
  const { dense, sparse, learning } = outlook.series
  const bursts = outlook.smallestBurst.map(({ calls }) => calls)
  const [least, most] = [Math.min(...bursts), Math.max(...bursts)]
  const range = least === most ? grouped(least) : `${grouped(least)} to ${grouped(most)}`
  const which = least === most ? '' : ', depending on the account'
  return [
    `Series   ${grouped(dense)} dense, ${grouped(sparse)} sparse, ${grouped(learning)} learning, in ${counted(outlook.accounts, 'account')} over ${outlook.days.toFixed(1)} days`,
    `The smallest burst noticed on a rarely used API: ${range} calls${which}.`,
    `This history of ${outlook.weeks.toFixed(1)} weeks holds ${incidentsText(outlook)}.`,
    ...unconfirmedLines(outlook),
    ...(outlook.writesOnly
      ? [
          '! This trail holds writes only: reconnaissance (List, Describe, Get) cannot be seen. Log read events to see it.',
        ]
      : []),
  ]
}

/** What was asked beside what came, the real ones among them. */
function incidentsText({ incidentsPerWeek }: Outlook): string {
  const { asked, got, low, high } = incidentsPerWeek
  const interval = `95 % interval ${low.toFixed(1)} to ${high.toFixed(1)}`
  return `${got.toFixed(1)} incidents a week (${interval}) for ${Number(asked.toPrecision(3))} asked`
}

function unconfirmedLines({ unconfirmedLevels }: Outlook): readonly string[] {
  if (unconfirmedLevels.length === 0) return []
  const shown = unconfirmedLevels
    .slice(0, LEVELS_SHOWN)
    .map(({ api, sinceMs }) => `${safe(api)} since ${rfc3339(sinceMs)}`)
  const more = unconfirmedLevels.length - shown.length
  const names = [...shown, ...(more > 0 ? [`${grouped(more)} more`] : [])].join(', ')
  return [`Levels that rose and were not confirmed yet: ${names}.`]
}
