import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readCountFiles } from '../../../../src/source/count-files.ts'
import { type CountTexts, countFolder } from '../../../support/count-folder.ts'

const MIDNIGHT = Date.UTC(2026, 8, 7) / 300_000
const HEAD = 'key,bucket_start,calls,errors\n'
const CODES_HEAD = 'key,bucket_start,code,errors\n'
const AT = '2026-09-07T00:05:00Z'

const cellsOf = ({ at, count }: { at: Int32Array; count: Int32Array }) =>
  [...at].map((window, cell) => [window - MIDNIGHT, count[cell]])

describe('readCountFiles', () => {
  it('reads counts by the names of their columns, in any order, and passes over others', async () => {
    const files = countFolder({
      counts: `errors,calls,region,bucket_start,key\n2,5,eu,${AT},a\n,3,eu,2026-09-07T00:00:00Z,a\n`,
    })
    const { table, rows, errors } = await readCountFiles(files)
    expect(rows).toEqual({ series: 1, counts: 2, errorCodes: null })
    expect(errors).toEqual({ counts: 2, errorCodes: null })
    const [series] = table.series
    expect(cellsOf(series?.calls ?? expect.fail())).toEqual([
      [0, 3],
      [1, 5],
    ])
    expect(series?.errors.map(({ code }) => code)).toEqual([null])
    expect(cellsOf(series?.errors[0]?.counts ?? expect.fail())).toEqual([[1, 2]])
  })

  it('takes a missing column of errors for a metric without errors, and a key without rows for silent', async () => {
    const files = countFolder({
      series: 'bucket_s,key,kind\n300,a,x\n3600,b,y\n',
      counts: `key,bucket_start,calls\na,${AT},1\n`,
    })
    const { table } = await readCountFiles(files)
    expect(table.series.map(({ key, errors }) => ({ key, errors }))).toEqual([
      { key: 'a', errors: [] },
      { key: 'b', errors: [] },
    ])
    expect(table.series[1]).toMatchObject({ bucketS: 3600 })
    expect(table.series[1]?.calls.at).toHaveLength(0)
  })

  it('counts errors by code where a file has them', async () => {
    const files = countFolder({
      counts: `${HEAD}a,${AT},5,2\n`,
      codes: `${CODES_HEAD}a,${AT},Throttling,1\na,${AT},"Access,Denied",2\na,${AT},None,0\n`,
    })
    const { table, rows, errors } = await readCountFiles(files)
    expect({ rows, errors }).toMatchObject({ rows: { errorCodes: 3 }, errors: { errorCodes: 3 } })
    expect(table.series[0]?.errors.map(({ code, counts }) => [code, ...cellsOf(counts)])).toEqual([
      ['Access,Denied', [1, 2]],
      ['Throttling', [1, 1]],
    ])
  })

  it('reads gzip, a byte order mark and CRLF', async () => {
    const text = `\uFEFF${HEAD}a,${AT},5,\n`.replaceAll('\n', '\r\n')
    const files = countFolder({ counts: gzipSync(text), series: gzipSync('key,bucket_s\na,300') })
    expect((await readCountFiles(files)).table.series[0]?.calls.count).toEqual(Int32Array.of(5))
  })

  it('says how far it is', async () => {
    const files = countFolder({ counts: `${HEAD}a,${AT},5,\n` })
    const heard: unknown[] = []
    await readCountFiles(files, (progress) => heard.push(progress))
    expect(heard.at(-1)).toEqual({ path: files.counts, rows: 1 })
  })

  it('reads gzip of several members', async () => {
    const members = [HEAD, `a,${AT},5,\n`].map((text) => gzipSync(text))
    const files = countFolder({ counts: Buffer.concat(members) })
    expect((await readCountFiles(files)).rows.counts).toBe(1)
  })
})

const WRONG: readonly [string, CountTexts, string][] = [
  ['no rows at all', { counts: '' }, 'counts.csv:1: the header lacks key, bucket_start, calls'],
  ['a column missing', { counts: 'key,calls\n' }, 'counts.csv:1: the header lacks bucket_start'],
  ['a column twice', { counts: 'key,bucket_start,calls,calls\n' }, 'column calls twice'],
  ['a comma without quotes', { counts: `${HEAD}a,b,${AT},1,0\n` }, 'counts.csv:2: this row has 5'],
  ['an unknown key', { counts: `${HEAD}"b\nc",${AT},1,0\n` }, 'key "b\\nc" is not in the series'],
  ['a bad date', { counts: `${HEAD}a,yesterday,1,0\n` }, 'counts.csv:2: bucket_start is "yester'],
  ['off the grid', { counts: `${HEAD}a,2026-09-07T00:01:00Z,1,0\n` }, 'no bucket of 300 s starts'],
  ['before the start', { counts: `${HEAD}a,2026-09-06T23:55:00Z,1,0\n` }, 'lies outside start'],
  ['after the end', { counts: `${HEAD}a,2026-09-08T00:00:00Z,1,0\n` }, 'counts.csv:2: the bucket'],
  ['a negative count', { counts: `${HEAD}a,${AT},-1,0\n` }, 'counts.csv:2: calls is "-1": write'],
  ['no count', { counts: `${HEAD}a,${AT},,\n` }, 'counts.csv:2: calls is ""'],
  ['a fraction', { counts: `${HEAD}a,${AT},3,0.5\n` }, 'counts.csv:2: errors is "0.5"'],
  ['too large a count', { counts: `${HEAD}a,${AT},2147483648,0\n` }, 'from 0 to 2147483647'],
  ['more errors than calls', { counts: `${HEAD}a,${AT},3,4\n` }, 'counts.csv:2: 4 errors of 3'],
  [
    'a bucket twice',
    { counts: `${HEAD}a,${AT},3,\na,2026-09-07T00:00:00Z,1,\na,${AT},3,\n` },
    'counts.csv:4: line 2 counts the same bucket of "a" already',
  ],
  [
    'a bucket twice, in order',
    { counts: `${HEAD}a,${AT},3,\na,${AT},0,\n` },
    'counts.csv:3: line 2',
  ],
  [
    'a code twice',
    { counts: `${HEAD}a,${AT},9,\n`, codes: `${CODES_HEAD}a,${AT},X,1\na,${AT},X,1\n` },
    'codes.csv:3: line 2 counts the same bucket',
  ],
  [
    'more errors of a code than calls',
    { counts: `${HEAD}a,${AT},2,\n`, codes: `${CODES_HEAD}a,${AT},X,3\n` },
    'codes.csv:2: 3 errors of code "X", but the counts have 2 calls',
  ],
  [
    'errors where nothing was called',
    { counts: `${HEAD}a,${AT},2,\n`, codes: `${CODES_HEAD}a,2026-09-07T00:10:00Z,X,1\n` },
    'have 0 calls in this bucket',
  ],
  ['no such buckets', { counts: HEAD, series: 'key,bucket_s\na,60\n' }, 'series.csv:2: bucket_s'],
  [
    'a key twice',
    { counts: HEAD, series: 'key,bucket_s\na,300\na,300\n' },
    'series.csv:3: key "a"',
  ],
  ['no JSON', { counts: HEAD, meta: '{' }, 'meta.json: this is no JSON'],
  ['no start', { counts: HEAD, meta: '{"end":"2026-09-08"}' }, 'meta.json: "start" is missing'],
  ['no object', { counts: HEAD, meta: 'null' }, 'meta.json: "start" is missing'],
  ['a bad end', { counts: HEAD, meta: '{"start":"2026-09-08","end":7}' }, '"end" is "7"'],
  [
    'no span',
    { counts: HEAD, meta: '{"start":"2026-09-08","end":"2026-09-08"}' },
    'not before end',
  ],
  ['no UTF-8', { counts: Buffer.from([...Buffer.from(HEAD), 0xff, 10]) }, 'the text is no UTF-8'],
  [
    'gzip cut off',
    { counts: gzipSync(`${HEAD}${'\n'.repeat(999)}`).subarray(0, 40) },
    'the gzip data behind this line is damaged or cut off',
  ],
  [
    'rows behind zeros behind gzip',
    { counts: Buffer.concat([gzipSync(HEAD), Buffer.alloc(4), gzipSync(`a,${AT},1,0\n`)]) },
    'bytes that are no gzip follow',
  ],
]

describe('readCountFiles, with files that are wrong', () => {
  it.each(WRONG)('refuses %s, with file, line and remedy', async (_, texts, words) => {
    const refused = readCountFiles(countFolder(texts))
    await expect(refused).rejects.toMatchObject({ code: 'COUNTS_INVALID' })
    await expect(refused).rejects.toThrow(words)
  })

  it('names a file that is not there, or is a folder', async () => {
    const files = countFolder({ counts: HEAD })
    for (const counts of [`${files.counts}.not`, dirname(files.counts)]) {
      const missing = readCountFiles({ ...files, counts })
      await expect(missing).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' })
      await expect(missing).rejects.toThrow(counts)
    }
    rmSync(join(dirname(files.series), 'meta.json'))
    await expect(readCountFiles(files)).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' })
  })

  it('refuses a bucket that ends behind the end of the counts, rather than leaving it out', async () => {
    const files = countFolder({
      series: 'key,bucket_s\na,3600\n',
      meta: '{"start":"2026-09-07T00:30:00Z","end":"2026-09-07T02:30:00Z"}',
      counts: 'key,bucket_start,calls\na,2026-09-07T01:00:00Z,1\na,2026-09-07T02:00:00Z,1\n',
    })
    await expect(readCountFiles(files)).rejects.toThrow('counts.csv:3: the bucket')
  })
})
