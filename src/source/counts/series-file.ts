import { BUCKET_SECONDS, type BucketSeconds } from './count-table.ts'
import { countsFault, shown } from './counts-fault.ts'
import { readCsvFile } from './csv-file.ts'
import { owned } from './owned.ts'
import { wholeOf } from './values.ts'

/** The series that counts may come for, in the order of their file, by key: the length of their buckets. */
export type SeriesGrids = ReadonlyMap<string, BucketSeconds>

/** Reads `series.csv`. Throws `COUNTS_INVALID` for a key that comes twice, or a length that cannot be scored. */
export async function readSeriesFile(path: string): Promise<SeriesGrids> {
  const grids = new Map<string, BucketSeconds>()
  await readCsvFile(path, { needed: ['key', 'bucket_s'] }, (values, line) => {
    const [key = '', bucketS = ''] = values
    const place = { path, line }
    if (grids.has(key))
      throw countsFault(place, `key ${shown(key)} stands here a second time: keep one row of it`)
    const length = wholeOf(bucketS)
    const known = BUCKET_SECONDS.find((seconds) => seconds === length)
    if (known === undefined)
      throw countsFault(
        place,
        `bucket_s is ${shown(bucketS)}: write ${BUCKET_SECONDS.slice(0, -1).join(', ')} or ${BUCKET_SECONDS.at(-1)}`,
      )
    grids.set(owned(key), known)
  })
  return grids
}
