import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulate } from '../../src/simulate/simulate.ts'
import { localFiles } from '../../src/source/local-files.ts'
import type { SourceObject, Unreadable } from '../../src/source/source.ts'
import { canonicalHash } from '../../src/store/canonical.ts'
import {
  entriesOf,
  FIXTURE_TRAILS,
  inMemory,
  insightsOf,
  listing,
  runOver,
  temporaryFolder,
  withStore,
} from '../support/pipeline-world.ts'

type Entries = readonly (SourceObject | Unreadable)[]

/** The state after as many runs as there are parts, each with the store opened anew. */
async function stateAfter(parts: readonly Entries[]) {
  const path = join(temporaryFolder(), 'store.db')
  for (const part of parts) await withStore(path, (store) => runOver(store, listing(part)))
  return withStore(path, async (store) => {
    return { hash: canonicalHash(store), insights: insightsOf(store) }
  })
}

/** An order of the entries, and where it is cut into runs. */
const cutsOf = (entries: Entries): fc.Arbitrary<readonly Entries[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...entries], { minLength: entries.length }),
      fc.array(fc.nat(entries.length), { maxLength: 3 }),
    )
    .map(([shuffled, places]) => {
      const cuts = [0, ...places.sort((a, b) => a - b), entries.length]
      return cuts.slice(1).map((cut, at) => shuffled.slice(cuts[at], cut))
    })

async function expectSameStateHowever(entries: Entries, numRuns: number): Promise<number> {
  const calm = await stateAfter([entries])
  await fc.assert(
    fc.asyncProperty(cutsOf(entries), async (parts) => {
      const state = await stateAfter(parts)
      expect(state.insights).toEqual(calm.insights)
      expect(state.hash).toBe(calm.hash)
    }),
    { numRuns, seed: 20_260_302, endOnFailure: true },
  )
  return calm.insights.length
}

describe('run', () => {
  it('finds the same in published trails, whatever the order of files and their split over runs', async () => {
    const entries = await entriesOf(localFiles([FIXTURE_TRAILS]))
    expect(await expectSameStateHowever(entries, 2)).toBeGreaterThan(20)
  })

  it('finds the same in three accounts of nine days, however their files come', async () => {
    const shape = { seed: 11, days: 9, accounts: 3, scale: 0.1 }
    const { files } = simulate({ ...shape, startMs: Date.UTC(2026, 8, 7) })
    const entries = [...files()].map(({ key, text }) => inMemory(`/trail/${key}`, text))
    expect(await expectSameStateHowever(entries, 2)).toBeGreaterThan(5)
  })

  it('finds the same when only what lies after the watermark is news', async () => {
    const name = (time: string) =>
      `/trail/111122223333_CloudTrail_eu-west-1_20260311T${time}Z_${time}AAAAAAAAAAAA.json`
    const file = (time: string, eventTime: string, id: string) =>
      inMemory(
        name(time),
        JSON.stringify({
          Records: [
            {
              ...{ eventTime, eventID: `00000000-0000-4000-8000-0000000000${id}` },
              ...{ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
              ...{ awsRegion: 'eu-west-1', recipientAccountId: '111122223333' },
            },
          ],
        }),
      )
    const early = file('0005', '2026-03-10T12:00:00Z', '01')
    const late = file('0003', '2026-03-11T00:01:00Z', '02')
    expect((await stateAfter([[early], [late]])).hash).toBe(
      (await stateAfter([[early, late]])).hash,
    )
  })
})

it('says when all is read and nothing is scored yet', async () => {
  const steps: string[] = []
  const say = (step: string) => () => {
    if (steps.at(-1) !== step) steps.push(step)
  }
  await withStore(join(temporaryFolder(), 'store.db'), (store) =>
    runOver(store, localFiles([FIXTURE_TRAILS]), {
      ...{ onIngest: say('reading'), onRead: say('read'), onDetect: say('scoring') },
    }),
  )
  expect(steps).toEqual(['reading', 'read', 'scoring'])
})
