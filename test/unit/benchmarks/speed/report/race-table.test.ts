import { describe, expect, it } from 'vitest'
import { rowOf } from '../../../../../benchmarks/speed/measure/interleaved.ts'
import { raceTable, strayRows } from '../../../../../benchmarks/speed/report/race-table.ts'
import type { Digest } from '../../../../../benchmarks/speed/trail/digest.ts'
import { sampleOf } from '../sample-of.ts'

const digest: Digest = { events: 1_000_000, cells: 5, squares: 7 }
const row = (title: string, cpuSeconds: number, counted: Digest | null) =>
  rowOf(title, [sampleOf({ cpuSeconds, digest: counted })], null)
const ours = row('ours', 2, digest)
const sample: Digest = { events: 100_000, cells: 2, squares: 3 }

describe('raceTable', () => {
  it('tells each row by the event, and as a multiple of ours', () => {
    const { rows } = raceTable([ours, row('peer', 7, digest)], { digest, ours })
    expect(rows[1]).toEqual(expect.arrayContaining(['peer', '7.00', '3.50', 'equal']))
  })

  it('divides by the events of a sample where only a sample was counted', () => {
    const { rows } = raceTable([row('jq', 2, sample)], { digest, ours })
    expect(rows[0]).toEqual(expect.arrayContaining(['20.0', '10.0', 'of 100000']))
  })

  it('says why a contender failed', () => {
    const { rows } = raceTable([rowOf('x', [], 'out of memory')], { digest, ours })
    expect(rows).toEqual([['x: out of memory']])
  })
})

describe('strayRows', () => {
  it('finds who failed and who counted something else', () => {
    const failed = rowOf('failed', [], 'broken')
    const wrong = row('wrong', 1, { ...digest, squares: 8 })
    const silent = row('gunzip', 1, null)
    expect(strayRows([ours, silent, failed, wrong], digest)).toEqual([failed, wrong])
  })

  it('holds a sample against the last row that counted one', () => {
    const jq = row('jq', 1, { ...sample, cells: 1 })
    const parse = row('JSON.parse', 1, sample)
    expect(strayRows([ours, jq, parse], digest)).toEqual([jq])
    expect(strayRows([ours, row('jq', 1, sample), parse], digest)).toEqual([])
  })
})
