import type { FilePlace } from './local/read-bytes.ts'
import type { ObjectName } from './object-name.ts'

/** The kinds of place that bytes come from. */
export type SourceKind = 'file' | 'stdin' | 'lookup' | 's3' | 'sqs' | 'inbox'

/** One thing to read once: a file, standard input, a time slice of an API, an object of a bucket. */
export interface SourceObject {
  readonly kind: 'object'
  readonly source: SourceKind
  /** What names it for ever: an absolute path, or `lookup://REGION/FROM/UNTIL`. */
  readonly key: string
  /** Changes when the content may have changed: size and modification time of a file. `null`: never skip it. */
  readonly version: string | null
  /** Bytes as stored, where known. */
  readonly size: number | null
  /** What the key says in CloudTrail's own layout: account, Region, delivery stamp. */
  readonly name: ObjectName | null
  /** The bytes as stored (still compressed). Rejects with the operating system's own error. */
  readonly open: () => AsyncIterable<Uint8Array>
  /** Where another thread can read the same bytes. Absent: only `open` gives them. */
  readonly place?: FilePlace
  /** Its bytes take long to come, so several objects are fetched at once. */
  readonly isFar?: boolean
  /** It is listed again: told, in place of the ledger, that a failure of the moment kept it from being read, and which. */
  readonly comesAgain?: (reason: string) => void
}

/** Something listed that cannot be read at all: a FIFO, a folder without permission, a message that announces nothing, a log that CloudTrail signed otherwise. */
export interface Unreadable {
  readonly kind: 'unreadable'
  readonly source: SourceKind
  readonly key: string
  readonly code:
    | 'NOT_A_REGULAR_FILE'
    | 'NO_PERMISSION'
    | 'READ_FAILED'
    | 'NO_ANNOUNCEMENT'
    | 'NOT_AS_SIGNED'
  readonly message: string
}

/** Where objects come from, in an order that means nothing. */
export interface Source {
  /** For people: `/logs`, `standard input`, `lookup://eu-west-1`. */
  readonly title: string
  list(): AsyncIterable<SourceObject | Unreadable>
}
