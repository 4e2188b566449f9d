import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import type { Audit } from '../../src/http/access/audit.ts'
import { withInbox } from '../../src/pipeline/inbox.ts'
import { type RunReport, run } from '../../src/pipeline/run.ts'
import { inboxDoor, type Occupancy } from '../../src/sink/inbox.ts'
import { type Inbox, inboxFolder, inboxOf, waitingIn } from '../../src/source/inbox.ts'
import type { Store } from '../../src/store/store.ts'
import { appOver } from './http-world.ts'
import { DEFAULTS, temporaryFolder, withStore } from './pipeline-world.ts'
import { aToken, bearer } from './tokens.ts'

/** What was answered to a push. */
export interface Pushed {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
}

/** A server that events are pushed to, and the runs that count them, in a folder of their own. */
export async function inboxWorld(most: Partial<Occupancy> = {}, audit: Audit = () => {}) {
  const store = join(temporaryFolder(), 'store.db')
  const settings = settingsFrom({ inbox: most })
  let nowMs = Date.UTC(2026, 5, 1)
  const door = inboxDoor(store, settings.inbox, () => {
    nowMs += 1
    return nowMs
  })
  const tokens = [aToken('writes', { scope: 'write' })]
  const app = await appOver({}, {}, { tokens: () => tokens, inbox: door, audit })
  onTestFinished(() => app.close())
  return {
    ...{ app, door, store, folder: inboxFolder(store) },
    async push(
      payload: string | Buffer,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Pushed> {
      const authorization = bearer('writes')
      const answer = await app.inject({
        ...{ method: 'POST', url: '/v1/events', payload },
        headers: { authorization, 'content-type': 'application/json', ...headers },
      })
      return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
    },
    waiting: async () => (await waitingIn(inboxFolder(store))).length,
    run: (inbox: Inbox = inboxOf(store)): Promise<RunReport> =>
      withStore(store, (opened) => runOverInbox(opened, inbox)),
  }
}

function runOverInbox(store: Store, inbox: Inbox): Promise<RunReport> {
  return run(withInbox([], inbox, store, DEFAULTS), store, {
    ...{ settings: DEFAULTS, account: null, asOfMs: null, deliverSinceMs: null },
    ...{ sinks: [], now: () => 1000 },
  })
}
