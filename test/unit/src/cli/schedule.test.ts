import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkPattern, startSchedule } from '../../../../src/cli/schedule.ts'

const SECOND_MS = 1000

describe('startSchedule', () => {
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

  it('begins a run each time the pattern says so, but none beside one that is under way', async () => {
    const { schedule, open } = started()
    expect(schedule.counts()).toEqual({ ok: 0, failed: 0, skipped: 0, running: false })
    await vi.advanceTimersByTimeAsync(SECOND_MS)
    expect(open).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2 * SECOND_MS)
    expect(open).toHaveLength(1)
    expect(schedule.counts()).toEqual({ ok: 0, failed: 0, skipped: 2, running: true })
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

describe('checkPattern', () => {
  it('takes minutes and seconds, and says what is wrong with the rest', () => {
    for (const good of ['*/5 * * * *', '0 */5 * * * *', '15 3 * * MON']) checkPattern(good)
    for (const bad of ['', 'hourly', '61 * * * *']) {
      expect(() => checkPattern(bad)).toThrow(`not '${bad}'`)
    }
  })
})
