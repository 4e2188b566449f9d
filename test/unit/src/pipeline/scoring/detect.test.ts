import { expect, it } from 'vitest'
import { settingsFrom } from '../../../../../src/base/settings.ts'
import { detect } from '../../../../../src/pipeline/scoring/detect.ts'
import { aCall, anId, commitOf, MIDNIGHT_MS } from '../../../../support/small-files.ts'
import { memoryStore } from '../../../../support/temporary-store.ts'

const DAY_MS = 86_400_000

it('tells of every day, and when what many days were scored from is done with', async () => {
  const store = memoryStore()
  const calls = [0, 60].map((day) =>
    aCall({ eventId: anId(day), timeMs: MIDNIGHT_MS + day * DAY_MS }),
  )
  store.commitObject(commitOf({ key: 'a', stampMs: null, calls }))
  const told: string[] = []
  const report = await detect(store, settingsFrom(null), {
    onDetect: ({ daysDone, days }) => told.push(`${daysDone} of ${days}`),
    onBlock: () => told.push('block'),
  })
  expect(report.daysScored).toBe(61)
  expect(told.filter((each) => each !== 'block')).toEqual(
    Array.from({ length: 61 }, (_, day) => `${day + 1} of 61`),
  )
  expect(told.flatMap((each, at) => (each === 'block' ? [told[at - 1]] : []))).toEqual([
    '31 of 61',
    '61 of 61',
    'block',
  ])
  told.length = 0
  store.oweScoring('111111111111', (MIDNIGHT_MS + 50 * DAY_MS) / 60_000)
  await detect(store, settingsFrom(null), { onBlock: () => told.push('block') })
  expect(told).toEqual([])
  expect(store.law('111111111111', MIDNIGHT_MS / DAY_MS + 60)).not.toBeNull()
  store.close()
})
