import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rfc3339 } from '../../../../src/base/times.ts'
import { exactCsvRow } from '../../../../src/sink/exact-csv.ts'
import { readCountFiles } from '../../../../src/source/count-files.ts'
import { countFolder } from '../../../support/count-folder.ts'

const START_MS = Date.UTC(2026, 8, 7)

const hostile = fc.constantFrom(
  '__proto__',
  'constructor',
  '',
  ' ',
  ',',
  '"',
  '"",',
  '\r\n',
  '=1+1',
)
const name = fc.oneof(hostile, fc.string({ unit: 'grapheme', maxLength: 8 }))
const cell = fc
  .record({
    place: fc.nat(23),
    calls: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ place, calls, share }) => ({ place, calls, errors: Math.floor(calls * share) }))
const series = fc.record({
  key: name,
  bucketS: fc.constantFrom(300, 1800, 3600),
  code: name,
  cells: fc.uniqueArray(cell, { selector: ({ place }) => place, maxLength: 6 }),
})
const table = fc.uniqueArray(series, { selector: ({ key }) => key, minLength: 1, maxLength: 5 })

it('reads back the counts that were written, whatever the keys and the order of the rows', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.boolean(), async (written, backwards) => {
      const inFileOrder = <Row>(rows: Row[]): Row[] => (backwards ? rows.toReversed() : rows)
      const rows = written.flatMap(({ key, bucketS, code, cells }) =>
        cells.map(({ place, calls, errors }) => ({
          ...{ key, code, calls, errors },
          start: rfc3339(START_MS + place * bucketS * 1000),
        })),
      )
      const files = countFolder({
        series: [['key', 'bucket_s'], ...written.map(({ key, bucketS }) => [key, bucketS])]
          .map(exactCsvRow)
          .join(''),
        counts: [
          ['key', 'bucket_start', 'calls', 'errors'],
          ...inFileOrder(rows).map(({ key, start, calls, errors }) => [key, start, calls, errors]),
        ]
          .map(exactCsvRow)
          .join(''),
        codes: [
          ['key', 'bucket_start', 'code', 'errors'],
          ...inFileOrder(rows).map(({ key, start, code, errors }) => [key, start, code, errors]),
        ]
          .map(exactCsvRow)
          .join(''),
      })
      const { table: read } = await readCountFiles(files)
      expect(
        read.series.map(({ key, bucketS, calls, errors }) => ({
          ...{ key, bucketS, calls: pairs(calls) },
          errors: errors.map(({ code, counts }) => ({ code, counts: pairs(counts) })),
        })),
      ).toEqual(
        written.map(({ key, bucketS, code, cells }) => {
          const origin = START_MS / 1000 / bucketS
          const inOrder = cells.toSorted((a, b) => a.place - b.place)
          const failed = inOrder.filter(({ errors }) => errors > 0)
          return {
            ...{ key, bucketS },
            calls: inOrder.map(({ place, calls }) => [origin + place, calls]),
            errors:
              failed.length === 0
                ? []
                : [{ code, counts: failed.map(({ place, errors }) => [origin + place, errors]) }],
          }
        }),
      )
    }),
    { numRuns: 60 },
  )
})

function pairs({ at, count }: { readonly at: Int32Array; readonly count: Int32Array }) {
  return [...at].map((window, place) => [window, count[place]])
}
