import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../support/pipeline-world.ts'
import {
  alarmsIn,
  at,
  type CallParts,
  callsWithin,
  HOUR_MS,
  jobCalls,
  type MadeCall,
  ranOver,
  startRecord,
  statisticsFrom,
  trafficCalls,
  trailFiles,
} from '../support/scenario-world.ts'

const BUSY: CallParts = {
  ...{ eventName: 'GetBucketAcl', eventSource: 's3.amazonaws.com', readOnly: true },
}
const BUSY_API = { eventName: BUSY.eventName, eventSource: BUSY['eventSource'] }

/** Somebody asks all the time how the machines are. */
const monitoring = (days: number) =>
  trafficCalls(
    {
      perHour: () => 6,
      spread: 'even',
      parts: () => ({ eventName: 'DescribeInstances', readOnly: true }),
    },
    { days, seed: 3 },
  )

const busy = (
  days: number,
  perHour: (day: number, hour: number) => number,
  spread: 'even' | 'random' = 'random',
) => trafficCalls({ perHour, spread, parts: () => BUSY }, { days, seed: 2 })

const DEPLOY = { day: 21, hour: 10 }
const since = ({ day, hour }: typeof DEPLOY, today: number, now: number) =>
  at(today, now) >= at(day, hour)

describe('run, over a month in which calls rise', () => {
  it('finds three hundred calls of an API never seen before', async () => {
    const burst = jobCalls(at(30, 14), { count: 300 }, { eventName: 'CreateUser' })
    const calls = [...monitoring(32), ...busy(32, () => 6), ...burst]
    const alarms = await alarmsIn(calls)
    expect(alarms).toMatchObject([
      { eventName: 'CreateUser', insightType: 'ApiCallRateInsight', direction: 'up' },
    ])
    const start = startRecord(alarms[0])
    expect(start).toMatchObject({
      eventTime: '2026-04-01T14:00:00Z',
      eventType: 'AwsCloudTrailInsight',
      insightDetails: { state: 'Start', insightType: 'ApiCallRateInsight' },
    })
    const { statistics } = start.insightDetails.insightContext
    expect(statistics).toEqual(statisticsFrom(calls, start))
    expect(statistics).toMatchObject({ baseline: { average: 0 }, insight: { average: 60 } })
    expect(statistics).toMatchObject({ insightDuration: 5, baselineDuration: 10_920 })
  })

  it('finds a rise that lasts a day in a long window, though twice its largest window is no alarm', async () => {
    const usual = [...monitoring(33), ...busy(33, () => 10, 'even')]
    const risen = busy(33, (day) => (day === 30 ? 16 : 10), 'even')
    const windows = Array.from({ length: 288 }, (_, place) =>
      callsWithin(risen, at(30, 0, place * 5), 5),
    )
    const twice = jobCalls(at(30, 14), { count: 2 * Math.max(...windows) }, BUSY)
    expect(await alarmsIn([...usual, ...twice])).toEqual([])

    const calls = [...monitoring(33), ...risen]
    const alarms = await alarmsIn(calls)
    const start = startRecord(alarms[0])
    expect(start.insightDetails).toMatchObject({ ...BUSY_API, insightType: 'ApiCallRateInsight' })
    const { statistics } = start.insightDetails.insightContext
    expect([180, 480, 1440]).toContain(statistics.insightDuration)
    expect(statistics).toEqual(statisticsFrom(calls, start))
    expect(statistics.insight.average).toBeGreaterThan(1.3 * statistics.baseline.average)
    for (const { eventName, direction, startMs, endMs, incident, trigger, arithmetic } of alarms) {
      // Of a window that reaches into an earlier episode, too, the whole is told.
      expect(trigger.duration).toBe(5 * Number(arithmetic['windows']))
      expect({ eventName, direction }).toEqual({ eventName: BUSY.eventName, direction: 'up' })
      expect(incident).toBe(alarms[0]?.incident)
      expect([startMs >= at(29, 12), (endMs ?? 0) <= at(31, 12)]).toEqual([true, true])
    }
  })

  it('finds a deploy that doubles calls for good once, when it happens', async () => {
    const days = 32
    const doubled = busy(days, (day, hour) => (since(DEPLOY, day, hour) ? 40 : 20))
    const calls = [...monitoring(days), ...doubled]
    const alarms = await alarmsIn(calls)
    expect(alarms).toMatchObject([{ ...BUSY_API, direction: 'up', state: 'closed' }])
    const start = startRecord(alarms[0])
    expect(Math.abs(Date.parse(start.eventTime) - at(DEPLOY.day, DEPLOY.hour))).toBeLessThanOrEqual(
      HOUR_MS,
    )
    expect(start.insightDetails.insightContext.statistics).toEqual(statisticsFrom(calls, start))
    expect(at(days) - at(DEPLOY.day, DEPLOY.hour)).toBeGreaterThan(10 * DAY_MS)
  })

  it('says of a level that rose some days ago that nobody confirmed it', async () => {
    const days = 26
    const doubled = busy(days, (day, hour) => (since(DEPLOY, day, hour) ? 40 : 20))
    const alarms = await alarmsIn([...monitoring(days), ...doubled])
    expect(alarms).toMatchObject([{ ...BUSY_API, state: 'open', unconfirmedLevel: true }])
  })
})

describe('run, over a month in which calls fall', () => {
  it('finds a daily job that stops, once', async () => {
    const runs = Array.from({ length: 30 }, (_, day) =>
      jobCalls(
        at(day, 2, 30),
        { count: 22 + ((day * 7) % 5), everyS: 10 },
        { eventName: 'CreateSnapshot' },
      ),
    )
    const calls = [...monitoring(34), ...busy(34, () => 4), ...runs.flat()]
    const alarms = await alarmsIn(calls)
    expect(alarms).toMatchObject([
      { eventName: 'CreateSnapshot', insightType: 'ApiCallRateInsight', direction: 'down' },
    ])
    const start = startRecord(alarms[0])
    expect(start.eventTime.slice(0, 10)).toBe('2026-04-01')
    const { statistics } = start.insightDetails.insightContext
    expect(statistics).toEqual(statisticsFrom(calls, start))
    expect(statistics.insight.average).toBe(0)
  })

  it('finds a busy API that goes silent while others go on, once', async () => {
    const silence = { day: 30, hour: 10 }
    const silenced = busy(36, (day, hour) => (since(silence, day, hour) ? 0 : 10))
    const calls = [...monitoring(36), ...silenced]
    const alarms = await alarmsIn(calls)
    expect(alarms).toMatchObject([
      { ...BUSY_API, insightType: 'ApiCallRateInsight', direction: 'down' },
    ])
    const start = startRecord(alarms[0])
    expect(Math.abs(Date.parse(start.eventTime) - at(30, 10))).toBeLessThanOrEqual(3 * HOUR_MS)
    const { statistics } = start.insightDetails.insightContext
    expect(statistics).toEqual(statisticsFrom(calls, start))
    expect(statistics.insight.average).toBeLessThan(0.5 * statistics.baseline.average)
  })
})

describe('run, over a month in which errors rise', () => {
  it('finds one error code inside a busy API whose calls do not rise', async () => {
    const failing = (day: number, hour: number, place: number): CallParts => {
      if (day === 30 && hour >= 10 && hour < 13 && place % 2 === 0) {
        return { ...BUSY, errorCode: 'AccessDenied' }
      }
      return place === 0 && hour % 6 === 1 ? { ...BUSY, errorCode: 'ThrottlingException' } : BUSY
    }
    const traffic = { perHour: () => 10, spread: 'random', parts: failing } as const
    const calls = [...monitoring(33), ...trafficCalls(traffic, { days: 33, seed: 2 })]
    const alarms = await alarmsIn(calls)
    expect(alarms).toMatchObject([
      {
        ...{ ...BUSY_API, direction: 'up' },
        ...{ insightType: 'ApiErrorRateInsight', errorCode: 'AccessDenied' },
      },
    ])
    const start = startRecord(alarms[0])
    expect(start.insightDetails).toMatchObject({
      ...{ insightType: 'ApiErrorRateInsight', errorCode: 'AccessDenied' },
    })
    const { statistics } = start.insightDetails.insightContext
    expect(statistics).toEqual(statisticsFrom(calls, start))
    expect(statistics.insight.average).toBeGreaterThan(100 * statistics.baseline.average)
    expect(Math.abs(Date.parse(start.eventTime) - at(30, 10))).toBeLessThan(HOUR_MS)
  })
})

/** A role builds fifteen things, a few calls each. */
function apply(run: number, day: number): readonly MadeCall[] {
  const arn = `arn:aws:sts::111122223333:assumed-role/terraform/run-${run}`
  return Array.from({ length: 15 }, (_, api) =>
    jobCalls(
      at(day, 10 + run, 5 + Math.floor(api / 2)),
      { count: 2 + ((api + run) % 3), everyS: 3 },
      { eventName: `Create${api}`, userIdentity: { type: 'AssumedRole', arn } },
    ),
  ).flat()
}

describe('run, over a month of what is usual', () => {
  it('raises no alarm for Terraform that makes the calls it made in the weeks before', async () => {
    const applies = [3, 10, 17, 24, 31].flatMap((day, run) => apply(run, day))
    expect(await alarmsIn([...monitoring(33), ...busy(33, () => 4), ...applies])).toEqual([])
  })

  it('raises no alarm for a weekly job from its fourth run on', async () => {
    const runs = [8, 15, 22, 29, 36].map((day, run) =>
      jobCalls(
        at(day, 3, 10),
        { count: 190 + ((run * 7) % 21), everyS: 2 },
        { eventName: 'CopySnapshot' },
      ),
    )
    const calls = [...monitoring(38), ...busy(38, () => 4), ...runs.flat()]
    const alarms = await alarmsIn(calls)
    expect(alarms[0]).toMatchObject({ eventName: 'CopySnapshot', startMs: at(8, 3, 10) })
    expect(alarms.filter(({ startMs }) => startMs >= at(22))).toEqual([])
  })

  it('raises no alarm for files that a second trail delivers again', async () => {
    const calls = [...monitoring(33), ...busy(33, () => 8)]
    const twice = [...trailFiles(calls, '/first'), ...trailFiles(calls, '/second')]
    const { report, alarms } = await ranOver(twice)
    expect(report.ingest.tally).toMatchObject({ counted: calls.length, duplicate: calls.length })
    expect(alarms).toEqual([])
  })
})
