import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import {
  DAY_MS,
  DEFAULTS,
  dayText,
  FIRST_DAY_MS,
  inMemory,
  insightsOf,
  listing,
  runOver,
} from '../support/pipeline-world.ts'
import { memoryStore } from '../support/temporary-store.ts'

const BURST_MS = FIRST_DAY_MS + 8 * DAY_MS + 720 * 60_000
const DENIED = { eventName: 'GetSecretValue', readOnly: true, errorCode: 'AccessDenied' }

const store = memoryStore()
const seriesNamed = (name: string): string =>
  store.series({ eventName: [name] }, { limit: 1, after: null }).rows[0]?.id ?? ''
beforeAll(async () => {
  const days = Array.from({ length: 24 }, (_, day) => {
    const bursts = [
      { minute: 720, count: 300 },
      { minute: 900, count: 60, changes: DENIED },
    ]
    return inMemory(`/day-${day}.json`, dayText(day, day === 8 ? bursts : []))
  })
  await runOver(store, listing(days))
})
afterAll(() => store.close())

describe('whyOf', () => {
  it('says what made an alarm, with the arithmetic of the insight', () => {
    const why = whyOf(store, DEFAULTS)(seriesNamed('RunInstances'), BURST_MS + 61_000, null)
    const insight = insightsOf(store).find(({ eventName }) => eventName === 'RunInstances')
    expect(why).toMatchObject({
      ...{ at: '2026-03-10T12:00:00Z', standing: 'sparse', count: 300, verdict: 'alarm' },
      ...{ gates: ['passed every gate'], arithmetic: insight?.arithmetic },
    })
    expect(why.surprise).toBeGreaterThanOrEqual(why.needed ?? Number.POSITIVE_INFINITY)
    expect(why.surprise).toBe(insight?.score)
    expect(why.sentence).toMatch(
      /^300 calls in 5 minutes; .*It raised an alarm: passed every gate\.$/,
    )
  })

  it('counts the errors of one code where that is asked for', () => {
    const ask = whyOf(store, DEFAULTS)
    const id = seriesNamed('GetSecretValue')
    const atMs = BURST_MS + 180 * 60_000
    expect(ask(id, atMs, 'AccessDenied')).toMatchObject({ count: 60, verdict: 'alarm' })
    expect(ask(id, atMs, 'NoSuchCode')).toMatchObject({
      ...{ count: 0, verdict: 'quiet', surprise: null, needed: null },
      gates: [
        expect.stringMatching(/^ordinary: windows as unusual as this come more than 8 times/),
      ],
    })
  })

  it('says that a window stayed quiet, and what is normal at its hour', () => {
    const atMs = FIRST_DAY_MS + 22 * DAY_MS
    const why = whyOf(store, DEFAULTS)(seriesNamed('DescribeInstances'), atMs, null)
    expect(why).toMatchObject({ standing: 'dense', count: 1, verdict: 'quiet' })
    expect(why.low).toBeLessThanOrEqual(1)
    expect(why.high).toBeGreaterThanOrEqual(1)
    expect(why.sentence).toMatch(
      /^1 call in 5 minutes; 0 to \d+ are normal on Tuesdays at 00:00 UTC\. .*It stayed quiet: (?:not surprising enough|ordinary)/,
    )
  })

  it('names the gate that held a window back at a tighter budget', () => {
    const tight = settingsFrom({ alarmBudget: { account: 1e-9 } })
    const why = whyOf(store, tight)(seriesNamed('RunInstances'), BURST_MS, null)
    expect(why.verdict).not.toBe('alarm')
    expect(why.gates).toEqual([
      expect.stringMatching(
        /^not surprising enough for the alarm budget: [\d.]+, and [\d.]+ is needed$/,
      ),
    ])
  })
})

describe('whyOf, of what was kept back,', () => {
  it('names the suppression that silenced an alarm, and none that did not', () => {
    const ask = (api: string) =>
      whyOf(store, settingsFrom({ suppressions: [{ api, reason: 'we scale out' }] }))(
        seriesNamed('RunInstances'),
        BURST_MS,
        null,
      )
    expect(ask('ec2:Run*')).toMatchObject({
      verdict: 'quiet',
      gates: ['silenced by rule 1 of the suppressions (we scale out)'],
    })
    expect(ask('s3:*').verdict).toBe('alarm')
  })

  it('names the calendar that an alarm began in, and none that had not begun', () => {
    const ask = (start: string) => {
      const calendar = { name: 'freeze', skip: ['result'], reason: 'we scale out' }
      const events = [{ start, end: new Date(BURST_MS + 60_000).toISOString() }]
      const settings = settingsFrom({ calendars: [{ ...calendar, events }] })
      return whyOf(store, settings)(seriesNamed('RunInstances'), BURST_MS, null)
    }
    expect(ask(new Date(BURST_MS).toISOString())).toMatchObject({
      verdict: 'quiet',
      gates: ['it began while the calendar freeze of the settings skips results (we scale out)'],
    })
    expect(ask(new Date(BURST_MS + 1).toISOString()).verdict).toBe('alarm')
  })

  it('does not judge a window that may be incomplete', () => {
    const atMs = FIRST_DAY_MS + 24 * DAY_MS
    const why = whyOf(store, DEFAULTS)(seriesNamed('DescribeInstances'), atMs, null)
    expect(why).toMatchObject({ verdict: 'incomplete', surprise: null, needed: null, count: 0 })
    expect(why.sentence).toContain('known up to 2026-03-25T23:51:00Z')
  })

  it('finds no series of an unknown id', () => {
    expect(() => whyOf(store, DEFAULTS)('0123456789abcdef', BURST_MS, null)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    )
  })
})
