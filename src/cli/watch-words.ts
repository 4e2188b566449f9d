import { rfc3339 } from '../base/times.ts'
import type { WatchReport } from '../pipeline/watch.ts'
import { safe } from '../sink/safe.ts'
import { counted, grouped } from './progress.ts'
import { closingWords, newTroubles } from './run-words.ts'

const TROUBLES_SHOWN = 5

interface Watched {
  readonly store: string
  readonly untilEmpty?: boolean
}

/** What a run over a queue says at its end: all that any run says, or in a line while it goes on. */
export function watchWords(report: WatchReport, flags: Watched, nowMs: number): string {
  if (flags.untilEmpty === true)
    return `Messages ${messagesText(report)}\n${troublesOf(report)}${closingWords(report, flags)}`
  const { ingest, detect } = report
  const insightRecords = ingest.tally.insights
  const changes = Object.entries(detect.insights).filter(([, count]) => count > 0)
  const insights = changes.map(([what, count]) => `${grouped(count)} ${what}`).join(', ')
  const parts = [
    `messages ${messagesText(report)}`,
    `${grouped(ingest.tally.counted)} of ${counted(ingest.tally.read, 'record')} counted`,
    ...(insightRecords > 0 ? [`${counted(insightRecords, 'Insight record')} skipped`] : []),
    `insights ${insights === '' ? 'none new' : insights}`,
  ]
  return `${rfc3339(nowMs)}  ${parts.join('; ')}\n${watchTroubles(report)}`
}

/** What even a quiet one says: files that failed, and what is left for another try. */
export function watchTroubles(report: WatchReport): string {
  return `${troublesOf(report)}${newTroubles(report)}`
}

function messagesText({ messages }: WatchReport): string {
  const { received, deleted, undeleted, left, returned, passedOver, otherEvents } = messages
  const parts = [
    `${grouped(deleted)} deleted`,
    ...(undeleted > 0 ? [`${grouped(undeleted)} not deleted: they come again, and are known`] : []),
    ...(left > 0 ? [`${grouped(left)} left for another try`] : []),
    ...(returned > 0 ? [`${grouped(returned)} given back`] : []),
  ]
  const beside = [
    ...(passedOver > 0 ? [`${counted(passedOver, 'object')} skipped by name`] : []),
    ...(otherEvents > 0 ? [`${counted(otherEvents, 'other event')}`] : []),
  ]
  const aside = beside.length > 0 ? ` (${beside.join(', ')})` : ''
  return `${grouped(received)} received = ${parts.join(' + ')}${aside}`
}

function troublesOf({ messages }: WatchReport): string {
  const { troubles } = messages
  const more = troubles.length - TROUBLES_SHOWN
  const lines = [
    ...troubles.slice(0, TROUBLES_SHOWN).map((trouble) => `? ${safe(trouble)}`),
    ...(more > 0 ? [`? … and ${grouped(more)} more`] : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
