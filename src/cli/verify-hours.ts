import { coverageWord } from '../pipeline/coverage-word.ts'
import { settingsOfLastRun } from '../pipeline/decided-with.ts'
import { safe } from '../sink/safe.ts'
import type { TrailHours } from '../source/digest/verify-archive.ts'
import { openReader } from '../store/sqlite/open-reader.ts'
import { counted } from './progress.ts'
import { withWriter } from './stores.ts'
import type { Terminal } from './terminal.ts'

/** The hours of a verification on their way into a store. It is read meanwhile, and written at the end. Throws `STORE_MISSING`. */
export function hoursFor(path: string) {
  const reader = openReader(path)
  const settings = settingsOfLastRun(reader)
  const hours: TrailHours[] = []
  let unreadCount = 0
  return {
    options: {
      isAnchored: true,
      onHours: (word: TrailHours) => void hours.push(word),
      wasRead(storedSha256: string): boolean {
        const wasRead = reader.wasRead(storedSha256)
        if (!wasRead) unreadCount += 1
        return wasRead
      },
    },
    close: () => reader.close(),
    keep: (terminal: Terminal) =>
      withWriter(path, settings, terminal, async (store) =>
        store.putCoverage(hours.map(coverageWord)),
      ),
    words(): string {
      const hourCount = hours
        .flatMap((word) => word.hours)
        .reduce((sum, { fromMs, untilMs }) => sum + (untilMs - fromMs) / 3_600_000, 0)
      const unread =
        unreadCount === 0
          ? ''
          : `; ${counted(unreadCount, 'valid log')} it has not read: their hours stay as they were until run has read them and verify comes again`
      return `Noted    ${counted(hourCount, 'hour')} in ${safe(path)}${unread}\n`
    },
  }
}
