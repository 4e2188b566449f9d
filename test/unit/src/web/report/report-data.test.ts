import { expect, it } from 'vitest'
import type { ReportData as Made } from '../../../../../src/http/report/report-data.ts'
import { insightView } from '../../../../../src/insight/view.ts'
import { answerFrom } from '../../../../../src/web/report/answers.ts'
import type { ReportData as Taken } from '../../../../../src/web/report/report-data.ts'
import { anInsight } from '../../../../support/insights.ts'

/** Each part of a report as it is made, beside what the page takes it for. The compiler compares. */
const agree: { readonly [Part in keyof Taken]: Made[Part] extends Taken[Part] ? true : false } = {
  ...{ from: true, to: true, made: true, leftOut: true, insights: true, incidents: true },
  ...{ whole: true, evidence: true, records: true, verdicts: true, series: true, points: true },
  ...{ exclusions: true, stretches: true },
}

const mine = { account: '123456789012', region: 'us-east-1' }
const times = { startTime: '2026-03-04T10:00:00Z', endTime: null }
const hours = { from: '2026-03-04T10:00:00Z', to: '2026-03-04T11:00:00Z' }
const data: Taken = {
  ...{ from: '2026-03-01T00:00:00Z', to: '2026-03-06T00:00:00Z', made: '2026-03-06T00:00:00Z' },
  ...{ leftOut: 0, insights: [insightView(anInsight({}))], incidents: [], whole: [], evidence: {} },
  ...{ records: {}, verdicts: [], series: [], points: [] },
  exclusions: [null, 'AccessDenied'].map((errorCode) => ({
    ...{ series: 'one', errorCode, leftOut: 0 },
    items: [
      {
        ...{ kind: 'suppression', title: null, reason: `of ${errorCode}`, skip: ['result'] },
        ...{ ...times, only: {} },
      },
    ],
  })),
  stretches: [
    { ...mine, ...hours, state: 'gap' },
    { ...mine, ...hours, region: 'eu-west-1', state: 'missing' },
  ],
}

it('the page takes a report for what it is made as', () => {
  expect(Object.values(agree)).not.toContain(false)
})

it('a report answers for itself what a server would', () => {
  const ask = (path: string, query = {}) => answerFrom(data, path, query)
  expect(ask('/v1/freshness')).toMatchObject({ knownUntil: data.to })
  const path = '/v1/series/one/exclusions'
  expect(ask(path, { errorCode: null })).toMatchObject({ items: [{ reason: 'of null' }] })
  expect(ask(path, { errorCode: 'Other' })).toBeUndefined()
  expect(ask('/v1/coverage/stretches', mine)).toEqual({ stretches: [data.stretches[0]] })
  expect(ask('/v1/insights', { eventName: 'Other' })).toEqual({ items: [] })
  expect(ask('/v1/nothing')).toBeUndefined()
})
