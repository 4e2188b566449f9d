import type { Settings } from '../base/settings.ts'
import type { Messenger, Sink } from '../sink/sink.ts'
import type { Source } from '../source/source.ts'
import type { Store } from '../store/store.ts'
import { deliver } from './delivery/deliver.ts'
import type { DeliveryReport } from './delivery/report.ts'
import { ingest } from './ingest.ts'
import { type IngestProgress, type IngestReport, sumOfReports } from './ingest-report.ts'
import { type Outlook, outlookOf } from './outlook.ts'
import { type DetectProgress, type DetectReport, detect } from './scoring/detect.ts'
import { conserve } from './tally.ts'
import { beginVerified, type Verification, type VerifiedReport } from './verified/verified-run.ts'

export interface RunOptions {
  readonly settings: Settings
  readonly account: string | null
  /** Whether what does not count must be valid JSON too. */
  readonly strictJson?: boolean
  /** Threads that read; 1 unless said otherwise. Results do not depend on it. */
  readonly workers?: number
  /** Threads that score, each in up to 120 MB; 1 unless said otherwise. Results do not depend on it. */
  readonly scorers?: number
  /** Data is complete until here, whatever the files say; epoch milliseconds. */
  readonly asOfMs: number | null
  /** Insights that start before this are history, not news; null: the end of the first run's data. */
  readonly deliverSinceMs: number | null
  readonly sinks: readonly Sink[]
  /** Who is told, one message an incident. */
  readonly messengers?: readonly Messenger[]
  /** How a message that was not taken waits to be sent again; left out: not at all. */
  readonly sleep?: (ms: number) => Promise<void>
  readonly random?: () => number
  /** Who vouches for files: others than these wait. Left out: everything is read. */
  readonly verification?: Verification
  readonly onIngest?: (progress: IngestProgress) => void
  /** When all is read, before anything is scored. */
  readonly onRead?: () => void
  readonly onDetect?: (progress: DetectProgress) => void
  /** When what many days were scored from is done with: each block where an account's days are several, and all in the end. */
  readonly onBlock?: () => void
  /** Wall clock for the run's own record; decides nothing. */
  readonly now: () => number
}

/** What one run did, and what can be seen now. */
export interface RunReport {
  readonly ingest: IngestReport
  readonly detect: DetectReport
  readonly delivery: readonly DeliveryReport[]
  readonly outlook: Outlook
  readonly elapsedMs: number
  /** Where only what is verified was read. */
  readonly verified?: VerifiedReport
}

/** Sources one after the other: the next is asked for when what the one before listed is committed. */
export type Sources = Iterable<Source> | AsyncIterable<Source>

/** One batch run, front door to back door: trail files in, insights out. The caller holds the store's lock. */
export async function run(sources: Sources, store: Store, options: RunOptions): Promise<RunReport> {
  const { settings, now } = options
  const startedMs = now()
  const id = store.beginRun(startedMs)
  const verified = await verifiedOf(sources, store, options)
  const ingested = await ingestAll(verified?.sources ?? sources, store, options)
  conserve(ingested.tally)
  store.rest()
  options.onRead?.()
  const vouched = await verified?.finish()
  if (options.asOfMs !== null) store.raiseWatermarks(options.asOfMs)
  const detected = await detect(store, settings, options)
  const delivery = await deliver(store, options)
  const finishedMs = now()
  const report: RunReport = {
    ingest: ingested,
    detect: detected,
    delivery,
    outlook: outlookOf(store, settings),
    elapsedMs: finishedMs - startedMs,
    ...(vouched === undefined ? {} : { verified: vouched }),
  }
  store.finishRun(id, finishedMs, report)
  return report
}

async function verifiedOf(sources: Sources, store: Store, options: RunOptions) {
  const { verification, settings, now } = options
  if (verification === undefined) return undefined
  const listed: Source[] = []
  for await (const source of sources) listed.push(source)
  return beginVerified(listed, { ...verification, store, settings, now })
}

async function ingestAll(
  sources: Sources,
  store: Store,
  options: RunOptions,
): Promise<IngestReport> {
  const reports: IngestReport[] = []
  for await (const source of sources) {
    const { settings, account, strictJson = false, workers = 1, onIngest } = options
    const progress = onIngest && { onProgress: onIngest }
    const how = { settings, account, strictJson, workers, ...progress }
    reports.push(await ingest(source, store, how))
  }
  return sumOfReports(reports)
}
