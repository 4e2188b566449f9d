import { describe, expect, it } from 'vitest'
import { settingsFrom } from '../../../src/base/settings.ts'
import type { SinkFilter } from '../../../src/base/sink-filter.ts'
import type { SinkSettings } from '../../../src/base/sinks.ts'
import { healthOf } from '../../../src/pipeline/delivery/sink-memory.ts'
import { sinksOf } from '../../../src/sink/sinks-of.ts'
import {
  type Burst,
  burstRecords,
  DAY_MS,
  dayText,
  FIRST_DAY_MS,
  insightsOf,
  runOver,
  written,
} from '../../support/pipeline-world.ts'
import { aWorld, LOCAL, type Received, receiver } from '../../support/receiver.ts'
import { LEARNED, toldTo } from '../../support/sink-world.ts'
import { recordsText } from '../../support/trail-records.ts'

const hook = (url: string, filter: SinkFilter = {}, name = 'hook'): SinkSettings => ({
  ...{ name, type: 'webhook', url, ...LOCAL, filter },
})
const burst = (day: number, changes: object = {}, minute = 720): Burst => ({
  ...{ day, minute, count: 300, changes },
})
const at = (eventName: string) => ({ eventName })
const told = (received: readonly Received[]) =>
  received.map(({ body }) => {
    const { kind, incident } = JSON.parse(body)
    return { kind, state: incident.state, apis: incident.apis }
  })
const keys = (received: readonly Received[]) =>
  received.map(({ headers }) => headers['idempotency-key'])

describe('a messenger', () => {
  it('is told an incident once, with all its APIs, and nothing of the first run', async () => {
    const { url, received } = await receiver()
    await toldTo([hook(url)], async ({ store, run }) => {
      const [report] = await run(12, [burst(10, at('StopInstances')), burst(10, {}, 730)])
      expect(report).toMatchObject({ delivered: 1, waiting: 0, dropped: 0, trouble: null })
      const [sent] = told(received)
      expect(sent).toMatchObject({ kind: 'started', state: 'closed' })
      expect(sent?.apis).toHaveLength(2)
      await run(13)
      expect(received).toHaveLength(1)
      expect(insightsOf(store)).toHaveLength(2)
    })
  })

  it('is told when it begins and when all of it is over', async () => {
    const { url, received } = await receiver()
    await toldTo([hook(url)], async ({ run }) => {
      await run(11, [burst(10, {}, 1425)])
      await run(13)
      await run(14)
      expect(told(received)).toMatchObject([
        { kind: 'started', state: 'open' },
        { kind: 'ended', state: 'closed' },
      ])
      expect(new Set(keys(received)).size).toBe(2)
    })
  })

  it.each<[string, SinkFilter, number]>([
    ['nothing', {}, 1],
    ['an API', { api: ['s3:*', 'EC2:run*'] }, 1],
    ['another API', { api: ['s3:*'] }, 0],
    ['the account', { account: ['1111*'] }, 1],
    ['another account', { account: ['2222*'] }, 0],
    ['another Region', { region: ['ap-*'] }, 0],
    ['a severity', { minSeverity: 'minor' }, 1],
    ['a higher severity', { minSeverity: 'critical' }, 0],
    ['a type', { insightType: ['ApiErrorRateInsight'] }, 0],
    ['a direction', { direction: ['down'] }, 0],
    ['what lasts', { state: ['open'] }, 0],
    ['what is over', { state: ['closed'] }, 1],
  ])('that asks for %s is told what it asks for', async (_, filter, count) => {
    const { url, received } = await receiver()
    await toldTo([hook(url, filter)], async ({ run }) => {
      await run(12, [burst(10)])
      expect(received).toHaveLength(count)
    })
  })

  it('is not told of what late files, a trail added later or other settings find in history', async () => {
    const { url, received } = await receiver()
    await toldTo([hook(url)], async ({ store, trail, run }) => {
      await run(20, [burst(19)])
      expect(received).toHaveLength(1)
      const late = dayText(14, [burst(14, at('TerminateInstances'))])
      written(`${trail}/late.json`, late)
      for (let day = 0; day < 18; day += 1) {
        const text = dayText(day, day === 15 ? [burst(15)] : [])
        written(`${trail}/other-${day}.json`, text.replaceAll('123456789012', '444455556666'))
      }
      await run(21)
      const loose = settingsFrom({ alarmBudget: { account: 100, organization: 1000 } })
      const sinks = sinksOf([hook(url)], aWorld())
      await runOver(store, trail, { settings: loose, ...sinks })
      const days = insightsOf(store).map(({ startMs }) =>
        Math.floor((startMs - FIRST_DAY_MS) / DAY_MS),
      )
      expect(days).toEqual(expect.arrayContaining([14, 15, 19]))
      expect(received).toHaveLength(1)
    })
  })

  it('that is added later is told of nothing before it came', async () => {
    const { url, received } = await receiver()
    await toldTo([], async ({ store, trail, run }) => {
      await run(12, [burst(11, {}, 1200)])
      const sinks = sinksOf([hook(url)], aWorld())
      const { delivery } = await runOver(store, trail, sinks)
      expect(delivery).toMatchObject([{ delivered: 0, history: 1 }])
      expect(received).toEqual([])
    })
  })
})

describe('a receiver that is dead', () => {
  it('stops neither the run nor other sinks, and is told when it lives again', async () => {
    let dead = true
    const bad = await receiver(() => ({ status: dead ? 503 : 200 }))
    const good = await receiver()
    await toldTo([hook(bad.url, {}, 'bad'), hook(good.url, {}, 'good')], async ({ store, run }) => {
      const reports = await run(12, [burst(10)])
      expect(reports).toMatchObject([
        { sink: 'bad', delivered: 0, waiting: 1, trouble: 'HTTP 503' },
        { sink: 'good', delivered: 1, waiting: 0, trouble: null },
      ])
      expect(healthOf(store, 'bad')).toMatchObject({ waiting: 1, failures: 1 })
      expect(bad.received).toHaveLength(3)
      dead = false
      await run(14)
      expect(new Set(keys(bad.received))).toEqual(new Set(keys(good.received)))
      expect(healthOf(store, 'bad')).toMatchObject({ waiting: 0, failures: 0, trouble: null })
      expect(good.received).toHaveLength(1)
    })
  })

  it('is tried less and less, and what waits is not forgotten', async () => {
    let [nowMs, status] = [1_000_000, 500]
    const { url, received } = await receiver(() => ({ status }))
    const triesOf = async (
      run: (until: number) => Promise<unknown>,
      until: number,
      laterMs = 0,
    ) => {
      const before = received.length
      nowMs += laterMs
      await run(until)
      return received.length - before
    }
    await toldTo(
      [hook(url)],
      async ({ store, run }) => {
        await run(12, [burst(11, {}, 1200)])
        expect([await triesOf(run, 13), await triesOf(run, 14)]).toEqual([3, 3])
        // Left alone for five minutes, then asked once; left alone for ten.
        expect(await triesOf(run, 15, 4 * 60_000)).toBe(0)
        expect(await triesOf(run, 16, 60_001)).toBe(1)
        expect(await triesOf(run, 17, 9 * 60_000)).toBe(0)
        status = 200
        expect(await triesOf(run, 18, 60_001)).toBe(1)
        expect(healthOf(store, 'hook')).toMatchObject({ failures: 0, waiting: 0, retryAtMs: 0 })
      },
      { now: () => nowMs },
    )
  })

  it('is waited for between tries, as long as it asks', async () => {
    const { url } = await receiver((_, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '3' } } : { status: 500 },
    )
    const waits: number[] = []
    const sleep = async (ms: number) => void waits.push(ms)
    await toldTo([hook(url)], async ({ run }) => void (await run(12, [burst(10)])), { sleep })
    expect(waits).toEqual([3500, 1000])
  })
})

describe('a message that is refused', () => {
  it('is given up once others were taken, and waits where none is', async () => {
    let refuses = (_: string) => true
    const { url } = await receiver(({ body }) => ({ status: refuses(body) ? 422 : 200 }))
    await toldTo([hook(url)], async ({ store, run }) => {
      const [none] = await run(12, [burst(10, at('StopInstances')), burst(11)])
      expect(none).toMatchObject({ delivered: 0, waiting: 2, dropped: 0, trouble: 'HTTP 422' })
      refuses = (body) => body.includes('StopInstances')
      const [some] = await run(13)
      expect(some).toMatchObject({ delivered: 1, waiting: 0, dropped: 1, trouble: 'HTTP 422' })
      expect(await run(14)).toMatchObject([{ delivered: 0, waiting: 0, dropped: 0, trouble: null }])
      expect(healthOf(store, 'hook')).toMatchObject({ dropped: 1, failures: 0 })
    })
  })
})

describe('a crash between sending and marking', () => {
  it('repeats the message under the same id, though more has happened', async () => {
    const { url, received } = await receiver()
    await toldTo([hook(url)], async ({ store, trail, run }) => {
      await run(LEARNED + 1)
      written(`${trail}/day-11.json`, dayText(11, [burst(11, {}, 1380)]))
      const crashing = {
        ...store,
        markDelivered() {
          throw new Error('killed')
        },
      }
      const sinks = sinksOf([hook(url)], aWorld())
      await expect(runOver(crashing, trail, sinks)).rejects.toThrow('killed')
      const more = burstRecords(burst(11, at('StopInstances'), 1392))
      written(`${trail}/more.json`, recordsText(...more.map((each) => JSON.stringify(each))))
      written(`${trail}/day-12.json`, dayText(12))
      await runOver(store, trail, sinks)
      const [first, second] = keys(received)
      expect([second, received.length]).toEqual([first, 2])
      expect(told(received).map(({ apis }) => apis.length)).toEqual([1, 2])
    })
  })
})
