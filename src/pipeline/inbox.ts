import type { Settings } from '../base/settings.ts'
import type { Inbox, Pushed } from '../source/inbox.ts'
import type { Source } from '../source/source.ts'
import type { Store } from '../store/store.ts'
import { isFinished } from './object-commit.ts'
import type { Sources } from './run.ts'

/**
 * The sources of a run, and behind them what was pushed to its store. A body is removed once what became of it is committed
 * and on the disk: after a crash in between it is listed again, and the ledger knows it. One that could not be read just
 * now stays for the next run.
 */
export async function* withInbox(
  sources: Sources,
  inbox: Inbox,
  store: Store,
  settings: Settings,
): AsyncGenerator<Source> {
  yield* sources
  const listed: Pushed[] = []
  yield {
    title: inbox.title,
    async *list() {
      for await (const entry of inbox.list()) {
        if (entry.kind === 'object') listed.push(entry)
        yield entry
      }
    },
  }
  if (listed.length === 0) return
  store.flush()
  for (const entry of listed) {
    if (isFinished(entry, store.ledgerRow(entry.source, entry.key), settings)) await entry.remove()
  }
}
