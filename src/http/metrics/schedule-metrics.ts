import { Counter, Gauge, type Registry } from 'prom-client'

/** What came of the runs that a schedule began. */
export interface RunCounts {
  readonly ok: number
  readonly failed: number
  /** Turns left out, since the run before was still under way. */
  readonly skipped: number
  readonly running: boolean
  /** Runs that failed since one did its work. */
  readonly failedInARow: number
  /** Exit code of the newest run that ended; null: none has, or it was ended by a signal. */
  readonly lastCode: number | null
  /** Turns left out since a run ended. */
  readonly skippedInARow: number
}

/** Runs or turns in a row after which a schedule no longer does its work. */
const MOST_IN_A_ROW = 3

/** Why the runs of a schedule do not keep the store up to date, in words for anybody; null: they do, as far as is known. */
export function whyStale({ failedInARow, lastCode, skippedInARow }: RunCounts): string | null {
  if (failedInARow >= MOST_IN_A_ROW) {
    return `the last ${failedInARow} scheduled runs failed, the newest with exit code ${lastCode ?? 'none'}`
  }
  if (skippedInARow >= MOST_IN_A_ROW) {
    return `no scheduled run has ended for ${skippedInARow} turns of the schedule`
  }
  return null
}

/** How scheduled runs fare, read when the page is asked for. */
export function addScheduleMetrics(registry: Registry, counts: () => RunCounts): void {
  new Counter({
    name: 'offtrail_scheduled_runs_total',
    help: 'Scheduled runs by what became of them; skipped: the one before was still under way.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      const { ok, failed, skipped } = counts()
      this.reset()
      for (const [outcome, count] of Object.entries({ ok, failed, skipped })) {
        this.inc({ outcome }, count)
      }
    },
  })
  new Gauge({
    name: 'offtrail_scheduled_run_active',
    help: '1 while a scheduled run is under way.',
    registers: [registry],
    collect() {
      this.set(counts().running ? 1 : 0)
    },
  })
}
