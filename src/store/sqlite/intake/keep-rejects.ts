import type { ObjectCommit } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { textTo } from '../names/stored-text.ts'

const SAMPLE_BYTES = 4096
const SAMPLES_PER_CODE = 1000

/** Keeps samples of rejected records for people: at most 4 KiB each, 1000 of a code; those of an earlier reading go. */
export function keepRejects(db: Db, { ledger, rejected }: ObjectCommit, wasKnown: boolean): void {
  const { source, key } = ledger
  if (wasKnown)
    prepared(db, 'DELETE FROM reject WHERE source = ? AND object_key = ?').run(source, key)
  for (const { code, account, sample } of rejected) {
    const kept = plucked(db, 'SELECT count(*) FROM reject WHERE code = ?').get(code)
    if (Number(kept) >= SAMPLES_PER_CODE) continue
    const name = account === null ? null : textTo(account)
    prepared(db, INSERT).run(code, name, source, key, textTo(beginning(sample)))
  }
}

/** The first bytes of a text, without a character cut in two. */
function beginning(text: string): string {
  if (text.length * 3 <= SAMPLE_BYTES) return text
  const bytes = Buffer.from(text)
  if (bytes.length <= SAMPLE_BYTES) return text
  let end = SAMPLE_BYTES
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end).toString()
}

const INSERT =
  'INSERT INTO reject (code, account, source, object_key, sample) VALUES (?, ?, ?, ?, ?)'
