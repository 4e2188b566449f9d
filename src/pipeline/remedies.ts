import { DAMAGES, type DamageCode, REJECTIONS, type RejectionCode } from '../event/api-call.ts'

const COPY = 'copy the file again'

/** What to do about a file that could not be counted, by the code of its damage. */
const REMEDIES: ReadonlyMap<string, string> = new Map<DamageCode, string>([
  ['GZIP_CUT_OFF', COPY],
  ['GZIP_CORRUPT', COPY],
  ['JSON_CUT_OFF', COPY],
  ['JSON_INVALID', COPY],
  ['CSV_CUT_OFF', 'export it again'],
  ['NOT_UTF8', 'convert it, for example with iconv -t UTF-8'],
  ['GZIP_BOMB', 'if it is a trail file, raise limits.inflatedBytes or limits.inflateRatio'],
  ['TOO_LARGE', 'if it is a trail file, raise the limits'],
  [
    'NOT_AS_SIGNED',
    'restore the version CloudTrail delivered; find out who wrote over it (PutObject)',
  ],
  ['NO_PERMISSION', 'give the user who runs this the right to read it'],
])

/** What is wrong with a file, and what helps. */
export function damageWords(code: string | null, message: string | null): string {
  const what = message ?? DAMAGES[code as DamageCode] ?? 'it could not be read'
  const remedy = REMEDIES.get(code ?? '')
  return remedy === undefined || what.includes(remedy) ? what : `${what}; ${remedy}`
}

/** What is wrong with a record that was rejected, by its code. */
export function rejectionWords(code: string): string {
  const what = REJECTIONS[code as RejectionCode] ?? null
  return what === null ? code : `the record ${what}`
}
