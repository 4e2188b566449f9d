import { Gauge, type Registry } from 'prom-client'
import type { InboxDoor, Occupancy } from '../../sink/inbox.ts'

/** What was pushed and waits for a run, read when the page is asked for. */
export function addInboxMetrics(registry: Registry, inbox: InboxDoor): void {
  const gauge = (name: string, help: string, part: keyof Occupancy) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      async collect() {
        this.set((await inbox.occupancy())[part])
      },
    })
  gauge('offtrail_inbox_files', 'Bodies that were pushed and wait for a run.', 'files')
  gauge('offtrail_inbox_bytes', 'Their bytes.', 'bytes')
}
