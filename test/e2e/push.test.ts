import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { place } from '../support/offtrail.ts'
import { dayText } from '../support/pipeline-world.ts'

const here = place()

/** Serves until the test is over; answers its address. */
async function serving(...args: readonly string[]): Promise<string> {
  const child = here.start(['serve', '--port', '0', ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  for (;;) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
    if (url !== undefined) return url
    await Promise.race([once(child.stderr, 'data'), once(child, 'exit')])
    if (child.exitCode !== null) throw new Error(`serve ended: ${said}`)
  }
}

function token(...more: readonly string[]): Record<'authorization', string> {
  const args = ['token', 'create', '--tokens', 'tokens.json', '--name', 'pusher', '--json', ...more]
  return { authorization: `Bearer ${JSON.parse(here.offtrail(args).out).token}` }
}

describe('events that are pushed to a server', () => {
  it('become insights with the next run, which needs no input', async () => {
    const headers = token('--write')
    expect(here.offtrail(['run', '--store', 'push.db'])).toMatchObject({ code: 2 })
    const url = await serving(
      ...['--store', 'push.db', '--tokens', 'tokens.json', '--schedule', '0 0 1 1 *'],
    )
    const ask = async (path: string) => (await fetch(`${url}${path}`, { headers })).json()
    for (let day = 0; day < 21; day++) {
      const burst = { minute: 600, count: 400, changes: { eventName: 'RunInstances' } }
      const body = gzipSync(dayText(day, day === 20 ? [burst] : []))
      const type = { 'content-type': 'application/gzip' }
      const sent = { method: 'POST', headers: { ...headers, ...type }, body }
      expect((await fetch(`${url}/v1/events`, sent)).status).toBe(202)
    }
    expect(await ask('/v1/events')).toMatchObject({ waiting: { files: 21 } })
    expect(await ask('/v1/insights')).toMatchObject({ items: [] })
    const { code, err } = here.offtrail(['run', '--store', 'push.db'])
    expect([code, err]).toEqual([0, expect.stringContaining('Files    21 listed = 21 done')])
    expect(await ask('/v1/events')).toMatchObject({ waiting: { files: 0 } })
    expect(await ask('/v1/insights?eventName=RunInstances')).toMatchObject({
      items: [{ eventName: 'RunInstances' }],
    })
  })

  it('are counted by the runs of a schedule', async () => {
    const headers = token('--write')
    const url = await serving(
      ...['--store', 'often.db', '--tokens', 'tokens.json', '--schedule', '* * * * * *'],
    )
    const type = { 'content-type': 'application/json' }
    const sent = { method: 'POST', headers: { ...headers, ...type }, body: dayText(0) }
    expect((await fetch(`${url}/v1/events`, sent)).status).toBe(202)
    const series = async () => (await fetch(`${url}/v1/series`, { headers })).text()
    while (!(await series()).includes('DescribeInstances')) await setTimeout(100)
    expect(here.offtrail(['series', 'list', '--store', 'often.db']).out).toContain('144')
  })
})
