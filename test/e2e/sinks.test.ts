import { once } from 'node:events'
import { beforeAll, describe, expect, it } from 'vitest'
import { place } from '../support/offtrail.ts'
import { writeDays, written } from '../support/pipeline-world.ts'
import { receiver } from '../support/receiver.ts'

const { start, offtrail, path } = place()

beforeAll(() => {
  writeDays(path('trail'), { from: 0, until: 10 })
  expect(offtrail(['run', 'trail', '-q']).code).toBe(0)
})

describe('a run that is killed between sending and marking', () => {
  it('is followed by one that sends the same message again, and by none after that', async () => {
    let victim: ReturnType<typeof start> | null = null
    const { url, received } = await receiver((_, count) => {
      if (count > 1) return {}
      victim?.kill('SIGKILL')
      return null
    })
    const sink = `{ name: hook, type: webhook, url: '${url}', allowHttp: true, allowPrivate: true }`
    const config = written(path('offtrail.yaml'), `sinks:\n  - ${sink}\n`)
    const run = () => start(['run', 'trail', '-q', '-c', config])
    // A sink is told of what comes after its first run.
    expect(await once(run(), 'exit')).toEqual([0, null])
    writeDays(path('trail'), { from: 10, until: 12 }, (day) =>
      day === 10 ? [{ minute: 720, count: 300 }] : [],
    )
    victim = run()
    expect(await once(victim, 'exit')).toEqual([null, 'SIGKILL'])
    expect(received).toHaveLength(1)
    expect(await once(run(), 'exit')).toEqual([0, null])
    expect(await once(run(), 'exit')).toEqual([0, null])
    const [first, second] = received
    expect(received).toHaveLength(2)
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
    expect(second?.body).toBe(first?.body)
  })
})
