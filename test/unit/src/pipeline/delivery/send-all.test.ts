import { describe, expect, it } from 'vitest'
import { incidentFrom } from '../../../../../src/insight/incident.ts'
import type { Due } from '../../../../../src/pipeline/delivery/due.ts'
import { type Pause, sendAll } from '../../../../../src/pipeline/delivery/send-all.ts'
import { healthOf } from '../../../../../src/pipeline/delivery/sink-memory.ts'
import { type Messenger, SinkFailure } from '../../../../../src/sink/sink.ts'
import { anInsight } from '../../../../support/insights.ts'
import { memoryStore } from '../../../../support/temporary-store.ts'

const due = (count: number): readonly Due[] =>
  Array.from({ length: count }, (_, at) => ({
    message: { id: `m${at}`, kind: 'started', incident: incidentFrom(`i${at}`, [anInsight()]) },
    marks: [`mark ${at}`],
  }))
const still: Pause = { now: () => 0, sleep: async () => {}, random: () => 0 }

/** Sends so many messages by `send`, which is given the number of each attempt. */
async function sending(
  count: number,
  send: (attempt: number) => void,
  { pause = still, isProbe = false } = {},
) {
  const store = memoryStore()
  let attempts = 0
  const messenger: Messenger = {
    ...{ name: 'a', type: 'test', filter: {}, unit: 'incident' },
    preview: () => '',
    async send({ id }) {
      attempts += 1
      send(attempts)
      return { answer: 'taken', thread: `thread of ${id}` }
    },
  }
  try {
    const health = healthOf(store, 'a')
    const outcome = await sendAll(store, messenger, due(count), { pause, isProbe, health })
    const marks = due(count).flatMap(({ marks }) => marks)
    return { ...outcome, attempts, marked: store.delivered('a', marks).size }
  } finally {
    store.close()
  }
}

const failing = (about: SinkFailure['about']) => () => {
  throw new SinkFailure(about, `no: ${about}`)
}

describe('sendAll', () => {
  it('sends a hundred messages a run at most, and keeps their threads', async () => {
    const { sent, marked, trouble, health } = await sending(130, () => {})
    expect([sent, marked, trouble, health.threads.length]).toEqual([100, 100, null, 100])
    expect(health.threads[0]).toEqual(['i0', 'thread of m0'])
  })

  it('sends for a minute at most', async () => {
    let nowMs = 0
    const pause = { ...still, now: () => nowMs }
    const slow = () => {
      nowMs += 25_000
    }
    expect(await sending(10, slow, { pause })).toMatchObject({ sent: 3, marked: 3, trouble: null })
  })

  it.each([
    ['passing', 3, false],
    ['passing', 1, true],
    ['place', 1, false],
    ['message', 5, false],
  ] as const)(
    'after a failure about the %s makes %i attempts (a probe: %s)',
    async (about, count, isProbe) => {
      const { attempts, sent, dropped, trouble } = await sending(5, failing(about), { isProbe })
      expect([attempts, sent, dropped, trouble]).toEqual([count, 0, 0, `no: ${about}`])
    },
  )

  it('goes on where a later try succeeds', async () => {
    const flaky = (attempt: number) => {
      if (attempt < 3) throw new SinkFailure('passing', 'not yet')
    }
    expect(await sending(2, flaky)).toMatchObject({ attempts: 4, sent: 2, trouble: null })
  })

  it('lets a bug through', async () => {
    const buggy = () => {
      throw new TypeError('undefined is no function')
    }
    await expect(sending(1, buggy)).rejects.toThrow(TypeError)
  })
})
