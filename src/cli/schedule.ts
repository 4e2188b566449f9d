import { Cron, type CronOptions } from 'croner'
import { FAULTS, Fault } from '../base/fault.ts'
import type { RunCounts } from '../http/metrics/schedule-metrics.ts'
import type { Again } from './terminal.ts'

/** Runs that come by themselves. */
export interface Schedule {
  /** What came of them so far. */
  readonly counts: () => RunCounts
  /** Begins no more, tells one that is under way to stop, and waits for it. */
  stop(): Promise<void>
}

/** Exit codes of runs that counted and scored: all there was, or all but what cannot be read. */
const DID_ITS_WORK: readonly (number | null)[] = [0, FAULTS.INPUT_INCOMPLETE.exit]

/**
 * Begins a run whenever `pattern` (cron, UTC, with or without seconds) says so, in a process of its own, so that no request
 * waits for it. One that is still under way is not overtaken: that turn is left out. Throws `USAGE` for what is no pattern.
 */
export function startSchedule(
  pattern: string,
  begin: () => Again,
  say: (text: string) => void,
): Schedule {
  const counts = { ok: 0, failed: 0, skipped: 0 }
  const lately = { failedInARow: 0, lastCode: null as number | null, skippedInARow: 0 }
  let current: Again | null = null
  const turn = async (): Promise<void> => {
    current = begin()
    const { code, err } = await current.ended
    current = null
    Object.assign(lately, {
      ...{ lastCode: code, skippedInARow: 0 },
      failedInARow: DID_ITS_WORK.includes(code) ? 0 : lately.failedInARow + 1,
    })
    if (code === 0) counts.ok++
    else {
      counts.failed++
      say(`The scheduled run ended with ${code}: ${lastLine(err)}\n`)
    }
  }
  const protect = (): void => {
    counts.skipped++
    lately.skippedInARow++
  }
  const cron = cronOf(pattern, { protect, timezone: 'UTC' }, turn)
  return {
    counts: () => ({ ...counts, ...lately, running: current !== null }),
    async stop() {
      cron.stop()
      current?.stop()
      await current?.ended
    },
  }
}

/** Throws `USAGE` for what is no pattern. */
export function checkPattern(pattern: string): void {
  cronOf(pattern, { paused: true }).stop()
}

function cronOf(
  pattern: string,
  options: CronOptions,
  turn: () => Promise<void> = async () => {},
): Cron {
  try {
    return new Cron(pattern, options, turn)
  } catch (cause) {
    throw new Fault(
      'USAGE',
      `--schedule takes a cron pattern such as '*/15 * * * *', not '${pattern}': ${(cause as Error).message}`,
      { cause },
    )
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}
