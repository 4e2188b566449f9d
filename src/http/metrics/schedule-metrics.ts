import { Counter, Gauge, type Registry } from 'prom-client'

/** What came of the runs that a schedule began. */
export interface RunCounts {
  readonly ok: number
  readonly failed: number
  /** Turns left out, since the run before was still under way. */
  readonly skipped: number
  readonly running: boolean
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
