import type { FileContext, FileReading } from './api-call.ts'
import { InflateRoom } from './inflate-room.ts'
import { readAtOnce, readStored } from './read-stored.ts'
import { DocumentScanner } from './scan/document-scanner.ts'
import type { Takings } from './table/takings.ts'
import { TableContent } from './table-content.ts'

/** One file, read to its end. */
export interface TrailTable {
  readonly file: FileReading
  /** What it brings; to be dropped where it failed or was skipped. */
  readonly takings: Takings
}

/**
 * Reads files to tables, as `readTrailFile` reads them to calls, but several times as fast: it keeps a scanner, which
 * remembers names from file to file. A file whose table it gives was read to its end. One file at a time, one reader a
 * thread; tables are plain data that can be handed from thread to thread.
 */
export class TrailReader {
  readonly #scanner = new DocumentScanner()
  readonly #room = new InflateRoom((size) => this.#scanner.room(size))

  /** Reads a small file whose bytes are all there, or `null`: `read` must. */
  readAtOnce(stored: Uint8Array, context: FileContext): TrailTable | null {
    const content = new TableContent(context, this.#scanner)
    const file = readAtOnce(stored, content, { limits: context.limits, room: this.#room })
    return file === null ? null : { file, takings: content.takings() }
  }

  /** Throws nothing of its own. */
  async read(bytes: AsyncIterable<Uint8Array>, context: FileContext): Promise<TrailTable> {
    const content = new TableContent(context, this.#scanner)
    const how = { limits: context.limits, room: this.#room }
    const file = await readStored(bytes, content, how)
    return { file, takings: content.takings() }
  }
}
