import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkPattern, startSchedule } from '../../../../src/cli/schedule.ts'
import { whyStale } from '../../../../src/http/metrics/schedule-metrics.ts'

const SECOND_MS = 1000

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 5, 1, 0, 0, 0, 500) })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A schedule of every second whose runs end when they are told to. */
const started = () => {
  const said: string[] = []
  const open: ((code: number | null, err?: string) => void)[] = []
  let stops = 0
  const begin = () => {
    let resolve: (ending: { code: number | null; err: string }) => void = () => {}
    const promise = new Promise<{ code: number | null; err: string }>((done) => {
      resolve = done
    })
    open.push((code, err = '') => resolve({ code, err }))
    const stop = () => {
      stops++
      open.shift()?.(null)
    }
    return { ended: promise, stop }
  }
  const schedule = startSchedule('* * * * * *', begin, (text) => said.push(text))
  return { schedule, said, open, stops: () => stops }
}

describe('startSchedule', () => {
  it('begins a run each time the pattern says so, but none beside one that is under way', async () => {
    const { schedule, open } = started()
    expect(schedule.counts()).toEqual({
      ...{ ok: 0, failed: 0, skipped: 0, running: false },
      ...{ failedInARow: 0, lastCode: null, skippedInARow: 0 },
    })
    await vi.advanceTimersByTimeAsync(SECOND_MS)
    expect(open).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2 * SECOND_MS)
    expect(open).toHaveLength(1)
    expect(schedule.counts()).toMatchObject({ ok: 0, failed: 0, skipped: 2, running: true })
    open.shift()?.(0)
    await vi.advanceTimersByTimeAsync(SECOND_MS)
    expect(schedule.counts()).toMatchObject({ ok: 1, running: true })
    await schedule.stop()
  })

  it('says what a run that failed said last, and goes on', async () => {
    const { schedule, said, open } = started()
    await vi.advanceTimersByTimeAsync(SECOND_MS)
    open.shift()?.(75, 'first\nthe store is locked\n')
    await vi.advanceTimersByTimeAsync(SECOND_MS)
    expect(said).toEqual(['The scheduled run ended with 75: the store is locked\n'])
    expect(schedule.counts()).toMatchObject({ failed: 1, running: true })
    await schedule.stop()
  })

  it('when stopped, stops the run that is under way, and begins no more', async () => {
    const { schedule, open, stops } = started()
    await vi.advanceTimersByTimeAsync(SECOND_MS)
    await schedule.stop()
    expect(stops()).toBe(1)
    await vi.advanceTimersByTimeAsync(5 * SECOND_MS)
    expect(open).toHaveLength(0)
  })
})

describe('a schedule that falls behind', () => {
  it('says that three runs in a row failed, until one does its work', async () => {
    const { schedule, open } = started()
    const end = async (code: number | null) => {
      await vi.advanceTimersByTimeAsync(SECOND_MS)
      open.shift()?.(code)
      await vi.advanceTimersByTimeAsync(1)
      return whyStale(schedule.counts())
    }
    expect([await end(75), await end(70)]).toEqual([null, null])
    expect(await end(null)).toBe('the last 3 scheduled runs failed, the newest with exit code none')
    expect(await end(74)).toBe('the last 4 scheduled runs failed, the newest with exit code 74')
    // Some of the input could not be read; the rest was counted.
    expect(await end(3)).toBeNull()
    expect([await end(75), await end(75), await end(0), await end(75)]).toEqual(Array(4).fill(null))
    await schedule.stop()
  })

  it('says that no run has ended for three turns, until one does', async () => {
    const { schedule, open } = started()
    await vi.advanceTimersByTimeAsync(3 * SECOND_MS)
    expect(whyStale(schedule.counts())).toBeNull()
    await vi.advanceTimersByTimeAsync(SECOND_MS)
    expect(whyStale(schedule.counts())).toBe(
      'no scheduled run has ended for 3 turns of the schedule',
    )
    open.shift()?.(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(whyStale(schedule.counts())).toBeNull()
    await schedule.stop()
  })
})

describe('checkPattern', () => {
  it('takes minutes and seconds, and says what is wrong with the rest', () => {
    for (const good of ['*/5 * * * *', '0 */5 * * * *', '15 3 * * MON']) checkPattern(good)
    for (const bad of ['', 'hourly', '61 * * * *']) {
      expect(() => checkPattern(bad)).toThrow(`not '${bad}'`)
    }
  })
})
