import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { place } from '../support/offtrail.ts'
import { type PublishedFields, publishedProblems } from '../support/published-record.ts'

const { offtrail, path } = place()
const FIXTURES = new URL('../fixtures/', import.meta.url).pathname

/** What a run over a trail delivers of all of its history: the records of each file. */
function deliveredFrom(trail: string, store: string, ...args: readonly string[]): string {
  const folder = path(`${store}${args.join('')}`)
  const all = ['--deliver', folder, '--deliver-since', '2000-01-01', ...args]
  offtrail(['run', trail, '--store', path(`${store}.db`), '--quiet', ...all])
  return folder
}

function textsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json.gz'))
    .map((file) => gunzipSync(readFileSync(join(folder, file))).toString('utf8'))
}

const recordsIn = (folder: string): readonly PublishedFields[] =>
  textsIn(folder).flatMap((text) => JSON.parse(text).Records)

const kindsOf = (records: readonly PublishedFields[]): ReadonlySet<string> =>
  new Set(records.map(({ insightDetails: { insightType, state } }) => `${insightType} ${state}`))

beforeAll(() => {
  offtrail(['simulate', '--out', path('trail'), '--days', '21', '--seed', '7', '--quiet'])
}, 120_000)

describe("a parser that knows nothing but AWS's table of fields", () => {
  it.each([
    ['made-up', () => path('trail'), 20],
    ['real', () => join(FIXTURES, 'trails'), 10],
  ])('reads every strict record of %s trails', { timeout: 120_000 }, (name, trail, least) => {
    const folder = deliveredFrom(trail(), name, '--strict')
    const records = recordsIn(folder)
    expect(records.length).toBeGreaterThan(least)
    expect(records.flatMap(publishedProblems)).toEqual([])
    for (const text of textsIn(folder)) expect(text).toMatch(/^\{"Records":\[\{"eventVersion":/)
    expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(records.length)
    const starts = new Map(
      records
        .filter(({ insightDetails: { state } }) => state === 'Start')
        .map((start) => [start.sharedEventID, start]),
    )
    for (const { sharedEventID, insightDetails, eventTime } of records) {
      const start = starts.get(sharedEventID)
      expect(start?.insightDetails.insightType).toBe(insightDetails.insightType)
      const isLater = Date.parse(eventTime) > Date.parse(start?.eventTime ?? '')
      expect(isLater).toBe(insightDetails.state === 'End')
    }
  })

  it('meets both types, and their Starts and Ends', () => {
    const records = recordsIn(path('made-up--strict'))
    expect(kindsOf(records)).toEqual(
      new Set(
        ['ApiCallRateInsight', 'ApiErrorRateInsight'].flatMap((type) => [
          ...[`${type} Start`, `${type} End`],
        ]),
      ),
    )
    expect(records.some(({ insightDetails }) => insightDetails.insightContext.attributions)).toBe(
      true,
    )
  })

  it('finds one field of ours in records that are not strict, and nothing else', {
    timeout: 120_000,
  }, () => {
    const records = recordsIn(deliveredFrom(path('trail'), 'made-up'))
    expect(records.length).toBeGreaterThan(20)
    expect(new Set(records.flatMap(publishedProblems))).toEqual(
      new Set(['record.insightDetails.offtrail is no field that AWS publishes']),
    )
  })

  it("reads records of AWS's own shape, and is not content with less", () => {
    const folder = join(FIXTURES, 'insights-examples')
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
    const records = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    expect(records.flatMap(publishedProblems)).toEqual([])
    const [record] = records
    const details = record.insightDetails
    const wrong = [
      { ...record, eventTime: '2026-03-04T10:13:07Z' },
      { ...record, userIdentity: {} },
      { ...record, recipientAccountId: 123456789012 },
      { ...record, insightDetails: { ...details, insightType: 'ApiRateInsight' } },
      { ...record, insightDetails: { ...details, errorCode: null } },
      { ...record, insightDetails: { ...details, insightContext: {} } },
    ]
    expect(wrong.map((each) => publishedProblems(each).length > 0)).toEqual(wrong.map(() => true))
  })
})
