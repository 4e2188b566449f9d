import { describe, expect, it } from 'vitest'
import { buildApp } from '../../src/http/app.ts'
import { httpSettings } from '../../src/http/http-settings.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import { scopedReader } from '../../src/store/scoped-reader.ts'
import {
  DEFAULTS,
  runOver,
  temporaryFolder,
  withStore,
  writeDays,
} from '../support/pipeline-world.ts'

interface Evidence {
  readonly calls: readonly {
    readonly eventId: string
    readonly eventTime: string
    readonly errorCode: string | null
    readonly principal: string | null
  }[]
  readonly files: readonly string[]
}

describe('GET /v1/insights/{id}/evidence', () => {
  it('names the calls of the window that fired, and the files they were in', async () => {
    const folder = temporaryFolder()
    writeDays(`${folder}/trail`, { from: 0, until: 10 }, (day) =>
      day === 8 ? [{ minute: 720, count: 300 }] : [],
    )
    await withStore(`${folder}/store.db`, async (store) => {
      await runOver(store, `${folder}/trail`)
      const [row] = store.insights({}, '-score', { limit: 1, after: null }).rows
      if (row === undefined) throw new Error('nothing was found')
      const { id, trigger, account } = row.insight
      const app = await buildApp({
        ...{ store, now: Date.now },
        ...{ settings: httpSettings(DEFAULTS), why: whyOf(store, DEFAULTS) },
      })
      const evidence = async (limit: number): Promise<Evidence> =>
        (await app.inject(`/v1/insights/${id}/evidence?limit=${limit}`)).json()
      const { calls, files } = await evidence(500)
      expect(calls).toHaveLength(trigger.count)
      expect(new Set(calls.map(({ eventId }) => eventId)).size).toBe(trigger.count)
      for (const { eventId, eventTime } of calls) {
        expect(eventId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
        expect(Date.parse(eventTime)).toBeGreaterThanOrEqual(trigger.fromMs)
        expect(Date.parse(eventTime)).toBeLessThan(trigger.untilMs)
      }
      expect(calls[0]?.principal).toMatch(/^arn:aws:/)
      expect(files).toEqual(['day-08.json'])
      expect((await evidence(3)).calls).toEqual(calls.slice(0, 3))
      const span = { account, fromMs: trigger.fromMs, untilMs: trigger.untilMs, limit: 9 }
      expect(scopedReader(store, []).filesWith(span)).toEqual([])
      await app.close()
    })
  })
})
