import { rfc3339 } from '../base/times.ts'
import { serviceOf } from '../insight/service.ts'
import type { IncidentKind } from '../pipeline/injection/incident.ts'
import type { ApiAnswer } from '../pipeline/injection/inject.ts'
import type { KindAnswer, SizeAnswer } from '../pipeline/injection/sizes.ts'
import { csvRow, safe } from '../sink/safe.ts'
import type { SeriesRow } from '../store/store.ts'
import { counted, grouped } from './progress.ts'
import { textTable } from './text-table.ts'

/** What answers are put into words with. */
export interface InjectWords {
  readonly windowMinutes: number
  readonly errorCode: string | null
  readonly width: number | null
}

/** An answer as JSON shows it. */
export function answerView(
  { series, moments, kinds }: ApiAnswer,
  errorCode: string | null,
): object {
  const { id, account, region, eventSource, eventName, calls } = series
  return {
    ...{ series: id, account, region, eventSource, eventName, calls, errorCode },
    moments: moments.map(({ atMs, disturbed }) => ({ at: rfc3339(atMs), disturbed })),
    kinds,
    leftOut: ['aggregates', 'newApis', 'callers'],
  }
}

/** Answers in full: for each API a table of every kind and size, and a sentence for each kind. */
export function answerWords(answers: readonly ApiAnswer[], words: InjectWords): string {
  return answers
    .map((answer) => {
      const { series, moments, kinds } = answer
      const rows = kinds.flatMap(({ kind, sizes }) =>
        sizes.map((each) => [kind, sizeWords(kind, each.size, words), ...cellsOf(each)]),
      )
      const titles = ['KIND', 'SIZE', 'FOUND', '95 %', 'DELAY', 'SEVERITY']
      const table = rows.length === 0 ? '' : `${textTable(titles, rows, words.width)}\n`
      const times = moments.map(({ atMs }) => rfc3339(atMs))
      const sentences = kinds.map((each) => sentenceOf(each, apiOf(series), words))
      return `${apiOf(series)} in ${series.account}, ${series.region}: ${momentWords(times)}${disturbedWords(answer)}\n\n${table}${sentences.join('\n')}\n`
    })
    .join('\n')
}

/** Answers in short: a line for each API and kind. */
export function listTable(answers: readonly ApiAnswer[], words: InjectWords): string {
  const rows = answers.flatMap(({ series, kinds }) =>
    kinds.map(({ kind, smallest, largest }) => [
      ...[apiOf(series), series.account, series.region, grouped(series.calls)],
      smallest === null
        ? `not even ${sizeWords(kind, largest, words)}`
        : sizeWords(kind, smallest.size, words),
      ...(smallest === null ? ['-', '-', '-', '-'] : cellsOf(smallest)),
    ]),
  )
  const titles = ['API', 'ACCOUNT', 'REGION', 'CALLS', 'SMALLEST SEEN', 'FOUND', '95 %']
  return textTable([...titles, 'DELAY', 'SEVERITY'], rows, words.width)
}

/** Every size of every answer as CSV; `smallest` marks the one found by bisection. */
export function injectCsv(answers: readonly ApiAnswer[]): string {
  const header = [
    ...['account', 'region', 'event_source', 'event_name', 'kind', 'size', 'smallest'],
    ...['found', 'of', 'share', 'low', 'high', 'median_delay_minutes', 'severity', 'score'],
  ]
  const rows = answers.flatMap(({ series, kinds }) =>
    kinds.flatMap(({ kind, sizes, smallest }) => {
      const isNew = smallest !== null && !sizes.includes(smallest)
      const all = isNew ? [...sizes, smallest].sort((one, other) => one.size - other.size) : sizes
      return all.map((each) => [
        ...[series.account, series.region, series.eventSource, series.eventName],
        ...[kind, each.size, each === smallest, each.found, each.of],
        ...[each.share.got, each.share.low, each.share.high],
        ...[each.delayMinutes, each.severity, each.score],
      ])
    }),
  )
  return [header, ...rows].map(csvRow).join('')
}

const apiOf = ({ eventSource, eventName }: SeriesRow): string =>
  safe(`${serviceOf(eventSource)}:${eventName}`)

function momentWords(times: readonly string[]): string {
  const [first] = times
  const last = times.at(-1)
  return times.length === 1 ? `at ${first}` : `${times.length} moments from ${first} to ${last}`
}

function disturbedWords({ moments }: ApiAnswer): string {
  const disturbed = moments.filter((each) => each.disturbed).length
  return disturbed === 0
    ? ''
    : `; an anomaly stood already at ${disturbed} of them, which an incident would have joined unseen`
}

function cellsOf({ found, of, share, delayMinutes, severity }: SizeAnswer): readonly string[] {
  return [
    `${found} of ${of}`,
    `${share.low.toFixed(2)}–${share.high.toFixed(2)}`,
    delayMinutes === null ? '-' : `${delayMinutes} min`,
    severity === null ? '-' : String(severity),
  ]
}

function sentenceOf(
  { kind, smallest, never, largest }: KindAnswer,
  api: string,
  words: InjectWords,
): string {
  if (smallest === null) {
    return `No ${kind === 'errors' ? 'rise of errors' : kind} on ${api} would have been found 9 times of 10, not even ${sizeWords(kind, largest, words)}.`
  }
  const { size, found, of, delayMinutes } = smallest
  const less = never === null || never >= size ? '' : `; ${amountWords(kind, never)} never`
  return `${TITLES[kind]} ${sizeWords(kind, size, words)} on ${api} would have been found ${found} of ${of} times, ${counted(delayMinutes ?? 0, 'minute')} after it began${less}.`
}

const TITLES: Readonly<Record<IncidentKind, string>> = {
  burst: 'A burst of',
  steady: 'A steady',
  ramp: 'A ramp',
  drop: 'A drop,',
  errors: 'A burst of',
}

function amountWords(kind: IncidentKind, size: number): string {
  return kind === 'drop' ? `${size} %` : counted(size, 'call')
}

function sizeWords(
  kind: IncidentKind,
  size: number,
  { windowMinutes, errorCode }: InjectWords,
): string {
  const amount = amountWords(kind, size)
  const window = counted(windowMinutes, 'minute')
  switch (kind) {
    case 'burst':
      return `${amount} in ${window}`
    case 'errors':
      return `${amount} in ${window} refused with ${safe(errorCode ?? '')}`
    case 'steady':
      return `${amount} an hour for 6 hours`
    case 'ramp':
      return `up to ${amount} an hour over 24 hours`
    case 'drop':
      return `${amount} of the calls missing for 6 hours`
  }
}
