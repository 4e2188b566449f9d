import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Insight } from '../../../src/insight/insight.ts'
import { recordsOf } from '../../../src/insight/record.ts'
import { deliverToFolder, insightFolder } from '../../../src/sink/insight-folder.ts'
import { anInsight, anyInsight, START_MS, stillOpen } from '../../support/insights.ts'

const AWS_KEY =
  /^(.+\/)?AWSLogs\/(o-[a-z0-9]+\/)?\d{12}\/CloudTrail-Insight\/[a-z0-9-]+\/\d{4}\/\d{2}\/\d{2}\/\d{12}_CloudTrail-Insight_[a-z0-9-]+_\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$/
const NEUTRAL_KEY =
  /^AWSLogs\/[a-z0-9-]+\/CloudTrail-Insight\/[a-z0-9-]+\/\d{4}\/\d{2}\/\d{2}\/[a-z0-9-]+_CloudTrail-Insight_[a-z0-9-]+_\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$/
const strict = { strict: true }

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'offtrail-insights-'))
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

const keyOf = (path: string): string => relative(root, path).split(sep).join('/')
const keysIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => keyOf(join(entry.parentPath, entry.name)))
    .sort()
const recordsIn = (path: string): { eventID: string }[] =>
  JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')).Records

describe('deliverToFolder', () => {
  it('writes one file per account, Region and minute, under keys like those of CloudTrail', async () => {
    const sameMinute = anInsight({ eventName: 'StopInstances', id: 'another' })
    const elsewhere = anInsight({ region: 'eu-west-1', ...stillOpen })
    const paths = await deliverToFolder(root, [anInsight(), sameMinute, elsewhere], strict)
    expect(paths.map((path) => keyOf(path).replace(/_[^_]+$/, ''))).toEqual([
      'AWSLogs/123456789012/CloudTrail-Insight/eu-west-1/2026/03/04/123456789012_CloudTrail-Insight_eu-west-1_20260304T1010Z',
      'AWSLogs/123456789012/CloudTrail-Insight/us-east-1/2026/03/04/123456789012_CloudTrail-Insight_us-east-1_20260304T1010Z',
      'AWSLogs/123456789012/CloudTrail-Insight/us-east-1/2026/03/04/123456789012_CloudTrail-Insight_us-east-1_20260304T1013Z',
    ])
    for (const path of paths) expect(keyOf(path)).toMatch(AWS_KEY)
    expect(paths.map((path) => recordsIn(path).length)).toEqual([1, 2, 2])
  })

  it('holds the records under Records, its first key', async () => {
    const [start = ''] = await deliverToFolder(root, [anInsight(stillOpen)], { strict: false })
    const text = gunzipSync(readFileSync(start)).toString('utf8')
    expect(text).toMatch(/^\{"Records":\[\{"eventVersion":"1\.09"/)
    expect(JSON.parse(text).Records).toEqual(recordsOf(anInsight(stillOpen), { strict: false }))
  })

  it('changes nothing when the same insights come again, in any order', async () => {
    const later = anInsight({ id: 'another', eventName: 'StopInstances' })
    const first = await deliverToFolder(root, [anInsight(), later], strict)
    const contents = first.map((path) => readFileSync(path).toString('hex'))
    expect(await deliverToFolder(root, [later, anInsight()], strict)).toEqual(first)
    expect(first.map((path) => readFileSync(path).toString('hex'))).toEqual(contents)
    expect(keysIn(root)).toHaveLength(first.length)
  })

  it('takes the minute of detection, not of the event', async () => {
    const detectedMs = START_MS + 86_400_000
    const [path = ''] = await deliverToFolder(
      root,
      [anInsight({ ...stillOpen, detectedMs })],
      strict,
    )
    expect(keyOf(path)).toContain(
      '/2026/03/05/123456789012_CloudTrail-Insight_us-east-1_20260305T1005Z_',
    )
  })

  it('writes nothing for insights that have no records', async () => {
    const insights = [anInsight({ category: 'NetworkActivity' })]
    expect(await deliverToFolder(root, insights, strict)).toEqual([])
    expect(keysIn(root)).toEqual([])
  })

  it('keeps every file below the root and loses no record, whatever account and Region say', async () => {
    const hostile = fc.uniqueArray(anyInsight, {
      minLength: 1,
      maxLength: 4,
      selector: ({ id }) => id,
    })
    await fc.assert(
      fc.asyncProperty(hostile, async (insights) => {
        const folder = mkdtempSync(join(root, 'case-'))
        const before = readdirSync(root).length
        const paths = await deliverToFolder(folder, insights, { strict: false })
        expect(readdirSync(root)).toHaveLength(before)
        const keys = paths.map((path) => relative(folder, path).split(sep).join('/'))
        for (const key of keys) expect(key).toMatch(NEUTRAL_KEY)
        expect(idsOf(paths.flatMap(recordsIn))).toEqual(idsOf(recordsOfAll(insights)))
      }),
      { numRuns: 40 },
    )
  })
})

const recordsOfAll = (insights: readonly Insight[]) =>
  insights.flatMap((insight) => recordsOf(insight, { strict: false }))
const idsOf = (records: readonly { eventID: string }[]): string[] =>
  records.map(({ eventID }) => eventID).sort()

describe('insightFolder', () => {
  it('is a sink that writes the same files', async () => {
    const sink = insightFolder(root, strict)
    await sink.deliver([anInsight()])
    const written = keysIn(root)
    const paths = await deliverToFolder(root, [anInsight()], strict)
    expect(written).toEqual(paths.map(keyOf))
    expect(sink.name).toContain(root)
  })
})
