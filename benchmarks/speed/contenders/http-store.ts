import { statSync } from 'node:fs'
import { insightsOf } from '../http/insights.ts'
import type { Outcome, Task } from '../measure/sample.ts'
import { openAt } from './open-scratch.ts'

const ACCOUNTS = 10

/** Makes the store that is asked over HTTP, insights of ten accounts. */
export function httpStore({ store: path = '', sizes }: Task): Outcome {
  const { insights = 1_000 } = sizes ?? {}
  const store = openAt(path)
  const run = store.beginRun(0)
  for (let at = 0; at < ACCOUNTS; at++) {
    const account = String(300_000_000_000 + at)
    store.replaceInsights(account, insightsOf(account, insights / ACCOUNTS))
  }
  store.finishRun(run, 1, {})
  store.close()
  return { figures: { storeMb: statSync(path).size / 2 ** 20 } }
}
