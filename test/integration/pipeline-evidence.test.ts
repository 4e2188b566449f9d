import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Insight } from '../../src/insight/insight.ts'
import { evidenceFor, lookupCommand } from '../../src/pipeline/evidence.ts'
import type { Store } from '../../src/store/store.ts'
import {
  type Burst,
  burstRecords,
  DEFAULTS,
  dayText,
  inMemory,
  insightsOf,
  listing,
  runOver,
  temporaryFolder,
  writeDays,
  written,
} from '../support/pipeline-world.ts'
import { memoryStore } from '../support/temporary-store.ts'

const MINING: Burst = { day: 8, minute: 720, count: 300 }

interface Place {
  readonly store: Store
  readonly trail: string
  /** The records of the burst, which stand in `burst.json`. */
  readonly records: readonly Record<string, unknown>[]
  readonly burstFile: string
}

async function inPlace(use: (place: Place) => Promise<void>, changes: object = {}): Promise<void> {
  const store = memoryStore()
  const trail = join(temporaryFolder(), 'trail')
  writeDays(trail, { from: 0, until: 10 })
  const records = burstRecords({ ...MINING, changes }) as Place['records']
  const burstFile = written(join(trail, 'burst.json'), JSON.stringify({ Records: records }))
  try {
    await use({ store, trail, records, burstFile })
  } finally {
    store.close()
  }
}

function onlyInsight(store: Store): Insight {
  const [insight, ...others] = insightsOf(store)
  expect(others).toEqual([])
  if (insight === undefined) throw new Error('expected an insight')
  return insight
}

const idsOf = (records: Place['records']) => records.map(({ eventID }) => eventID).sort()

describe('evidenceFor', () => {
  it('finds exactly the calls behind an insight, in order, once each, though files repeat them', () =>
    inPlace(async ({ store, trail, records }) => {
      written(join(trail, 'copy.ndjson'), records.map((one) => `${JSON.stringify(one)}\n`).join(''))
      // Another API, another Region, another account and another time: none of them is evidence.
      const others = [
        burstRecords({ ...MINING, count: 2, changes: { eventName: 'StopInstances' } }),
        burstRecords({ ...MINING, count: 2, changes: { awsRegion: 'us-east-1' } }),
        burstRecords({ ...MINING, count: 2, changes: { recipientAccountId: '444455556666' } }),
        burstRecords({ ...MINING, count: 2, minute: 300 }),
      ]
      written(join(trail, 'others.json'), JSON.stringify({ Records: others.flat() }))
      await runOver(store, trail)
      const { calls, lost } = await evidenceFor(onlyInsight(store), store, DEFAULTS)
      expect(lost).toEqual([])
      expect(calls.map(({ eventId }) => eventId).sort()).toEqual(idsOf(records))
      expect(calls).toEqual([...calls].sort((a, b) => a.timeMs - b.timeMs))
      expect(calls[0]).toMatchObject({
        ...{ identity: 'arn:aws:sts::111122223333:assumed-role/deploy', userAgent: 'aws-cli/2.31' },
        errorCode: null,
      })
    }))

  it('finds calls that name no account, counted under the account the run was told', () =>
    inPlace(
      async ({ store, trail, records }) => {
        for (let day = 0; day < 10; day++) {
          const text = dayText(day).replaceAll('111122223333', '999988887777')
          written(join(trail, `told-${day}.json`), text)
        }
        await runOver(store, trail, { account: '999988887777' })
        const [insight] = insightsOf(store).filter(({ account }) => account === '999988887777')
        if (insight === undefined) throw new Error('expected an insight')
        const { calls } = await evidenceFor(insight, store, DEFAULTS)
        expect(calls.map(({ eventId }) => eventId).sort()).toEqual(idsOf(records))
      },
      { recipientAccountId: undefined, userIdentity: undefined },
    ))

  it('leaves out a call that an addendum replaced', () =>
    inPlace(async ({ store, trail, records }) => {
      const [first] = records
      const addendum = {
        ...first,
        eventID: '00000000-0000-4000-8000-ffffffffffff',
        addendum: { reason: 'UPDATED_DATA', originalEventID: first?.['eventID'] },
      }
      written(join(trail, 'addendum.json'), JSON.stringify({ Records: [addendum] }))
      await runOver(store, trail)
      const insight = onlyInsight(store)
      const { calls } = await evidenceFor(insight, store, DEFAULTS)
      expect(calls).toHaveLength(insight.trigger.count)
      expect(idsOf([...records.slice(1), addendum])).toEqual(
        calls.map(({ eventId }) => eventId).sort(),
      )
    }))
})

describe('evidenceFor, where files are missing', () => {
  it('says which files are gone or damaged, and goes on with the others', () =>
    inPlace(async ({ store, trail, records, burstFile }) => {
      const half = records.slice(150)
      const second = written(join(trail, 'half.json'), JSON.stringify({ Records: half }))
      writeFileSync(burstFile, JSON.stringify({ Records: records.slice(0, 150) }))
      await runOver(store, trail)
      writeFileSync(second, '{"Records":[{')
      rmSync(join(trail, 'day-08.json'))
      const { calls, lost } = await evidenceFor(onlyInsight(store), store, DEFAULTS)
      expect(calls).toHaveLength(150)
      expect(lost).toMatchObject([
        { file: join(trail, 'day-08.json'), reason: expect.stringContaining('no file') },
        { file: second, reason: expect.stringContaining('ends early') },
      ])
    }))

  it('says that standard input, answers of AWS and what was pushed cannot be read again', () =>
    inPlace(async ({ store, trail, burstFile, records }) => {
      rmSync(burstFile)
      await runOver(store, trail)
      const text = JSON.stringify({ Records: records })
      await runOver(store, listing([inMemory('stdin', text, { source: 'stdin', version: null })]))
      await runOver(store, listing([inMemory('lookup://a/b', text, { source: 'lookup' })]))
      await runOver(store, listing([inMemory('inbox://a', text, { source: 'inbox' })]))
      const { calls, lost } = await evidenceFor(onlyInsight(store), store, DEFAULTS)
      expect(calls).toEqual([])
      expect(lost.map(({ reason }) => reason)).toEqual([
        'what was pushed was counted, not kept',
        'the answers of LookupEvents were counted, not kept',
        'standard input cannot be read again',
      ])
    }))
})

describe('lookupCommand', () => {
  it('asks AWS for the same calls, and quotes what a shell would run', () =>
    inPlace(
      async ({ store, trail }) => {
        await runOver(store, trail)
        expect(lookupCommand(onlyInsight(store))).toBe(
          'aws cloudtrail lookup-events --region eu-west-1 ' +
            "--lookup-attributes 'AttributeKey=EventName,AttributeValue=$(id)'\\'';x' " +
            '--start-time 2026-03-10T12:00:00Z --end-time 2026-03-10T12:05:00Z',
        )
      },
      { eventName: "$(id)';x" },
    ))
})
