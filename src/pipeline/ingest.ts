import type { Settings } from '../base/settings.ts'
import type { FileContext } from '../event/api-call.ts'
import type { TrailTable } from '../event/trail-reader.ts'
import type { Source, SourceObject, Unreadable } from '../source/source.ts'
import type { LedgerRow, Store } from '../store/store.ts'
import { type IngestProgress, type IngestReport, startReport } from './ingest-report.ts'
import { ObjectBatch, type Settled } from './object-batch.ts'
import { commitOf, isFinished, isPassing, refusal } from './object-commit.ts'
import { type Begun, inTurn } from './reading/in-turn.ts'
import { ObjectReader } from './reading/object-reader.ts'

export interface IngestOptions {
  readonly settings: Settings
  /** Account of records that name none. */
  readonly account: string | null
  /** Whether what does not count must be valid JSON too. */
  readonly strictJson?: boolean
  /** Threads that read, this one among them; 1 unless said otherwise. What is read does not depend on it. */
  readonly workers?: number
  readonly onProgress?: (progress: IngestProgress) => void
}

/**
 * Reads what is new in a source into the store, each object whole or not at all and in the order the source lists them, so that
 * a crash loses and doubles nothing. When it ends, however it does, what was read is committed. Throws what the source throws about itself (`INPUT_NOT_FOUND`, `AWS_ACCESS`), and
 * `WORKER_LOST`; what came before stands.
 */
export async function ingest(
  source: Source,
  store: Store,
  options: IngestOptions,
): Promise<IngestReport> {
  const report = startReport()
  const { workers = 1, onProgress } = options
  const batch = new ObjectBatch(store, report)
  const onAlive = () => {
    store.touch()
    batch.commitOverdue()
  }
  const reader = new ObjectReader({ workers, onAlive })
  const arrivals = new Arrivals(store, { reader, batch }, options)
  try {
    for await (const news of inTurn(
      source.list(),
      (entry) => arrivals.begin(entry),
      reader.ahead,
    )) {
      if (news.kind === 'left') news.leave()
      else batch.add(news)
      onProgress?.(report.progress())
    }
  } finally {
    await reader.close()
    batch.commit()
  }
  return report.finished()
}

/** What became of an entry, before it is committed. */
type News = Settled | { readonly kind: 'left'; readonly leave: () => void }

class Arrivals {
  readonly #store: Store
  readonly #reader: ObjectReader
  readonly #batch: ObjectBatch
  readonly #options: IngestOptions
  /** Keys of what threads are reading. */
  readonly #underWay = new Set<string>()

  constructor(
    store: Store,
    { reader, batch }: { readonly reader: ObjectReader; readonly batch: ObjectBatch },
    options: IngestOptions,
  ) {
    this.#store = store
    this.#reader = reader
    this.#batch = batch
    this.#options = options
  }

  begin(entry: SourceObject | Unreadable): Begun<News> {
    if (entry.kind === 'unreadable')
      return { size: 0, result: async () => ({ kind: 'read', commit: refusal(entry) }) }
    // Listed twice, it may be finished by then.
    if (this.#underWay.has(entry.key) || this.#batch.holds(entry.key))
      return { size: 0, result: () => this.#inItsTurn(entry) }
    const known = this.#finished(entry)
    if (known !== null) return { size: 0, result: async () => ({ kind: 'unchanged', known }) }
    const reading = this.#reader.begin(entry, this.#contextOf(entry))
    if (reading === null) return { size: 0, result: () => this.#inItsTurn(entry) }
    this.#underWay.add(entry.key)
    const result = async (): Promise<News> => {
      const table = await reading()
      this.#underWay.delete(entry.key)
      return this.#newsOf(entry, table)
    }
    return { size: entry.size ?? 0, result }
  }

  async #inItsTurn(entry: SourceObject): Promise<News> {
    if (this.#batch.holds(entry.key)) this.#batch.commit()
    const known = this.#finished(entry)
    if (known !== null) return { kind: 'unchanged', known }
    return this.#newsOf(entry, await this.#reader.here(entry, this.#contextOf(entry)))
  }

  /** What is listed again and could not be read just now leaves no trace: it may be finished in another version. */
  #newsOf(entry: SourceObject, table: TrailTable): News {
    const commit = commitOf(entry, table, this.#options.settings)
    const { key, comesAgain } = entry
    if (comesAgain === undefined || !isPassing(commit)) return { kind: 'read', commit }
    return { kind: 'left', leave: () => comesAgain(`${key}: ${commit.ledger.message}`) }
  }

  #finished(entry: SourceObject): LedgerRow | null {
    const known = this.#store.ledgerRow(entry.source, entry.key)
    return isFinished(entry, known, this.#options.settings) ? known : null
  }

  #contextOf({ name }: SourceObject): FileContext {
    const { settings, account, strictJson } = this.#options
    return {
      account: name?.account ?? account,
      stampMs: name?.stampMs ?? null,
      limits: settings.limits,
      strictJson: strictJson === true,
    }
  }
}
