import type { FileContext, FileReading, Reading } from './api-call.ts'
import { ContentReader } from './framing/content-reader.ts'
import { InflateRoom } from './inflate-room.ts'
import { Intake } from './intake.ts'
import { readStored } from './read-stored.ts'

/**
 * Reads one file, from the bytes as stored to calls, in bounded memory; what it is, its content says: gzip or plain;
 * a document of records, an array, one record, JSON lines, LookupEvents output, or the console's CSV.
 *
 * `take` gets every reading in the order of the file, before it is known whether the file is sound: it counts whole or
 * not at all, so after `failed` or `skipped` what was taken is to be dropped. Damage to the gzip data is told before
 * damage to what is in it. What `take` throws is passed on; nothing else is thrown.
 */
export function readTrailFile(
  bytes: AsyncIterable<Uint8Array>,
  context: FileContext,
  take: (reading: Reading) => void,
): Promise<FileReading> {
  const how = { limits: context.limits, room: new InflateRoom() }
  return readStored(bytes, new ContentReader(new Intake(context, take)), how)
}
