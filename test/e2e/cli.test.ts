import type { ChildProcess } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { place, valuesOf } from '../support/offtrail.ts'
import { dayText, writeDays } from '../support/pipeline-world.ts'

const { offtrail, start, path } = place()

beforeAll(() => {
  writeDays(path('trail'), { from: 0, until: 10 }, (day) =>
    day === 8 ? [{ minute: 720, count: 300 }] : [],
  )
})

describe('the built program', () => {
  it('helps with every command', () => {
    const { code, out } = offtrail(['--help'])
    expect(code).toBe(0)
    for (const command of ['demo', 'run', 'serve', 'insights', 'explain', 'doctor', 'simulate']) {
      expect(out).toMatch(new RegExp(`^ +${command} +[a-z]`, 'm'))
    }
    expect(offtrail(['help', 'run']).out).toContain('Usage: offtrail run [options] [input...]')
    expect(offtrail(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('finds an insight once, prints it to stdout, and says the rest on stderr', () => {
    const first = offtrail(['run', 'trail'])
    expect(first.code).toBe(0)
    expect(valuesOf(first.out)).toMatchObject([{ eventName: 'RunInstances' }])
    expect(first.err).toContain('Store: offtrail.db')
    const second = offtrail(['run', '--input', 'trail', '--fail-on', 'info'])
    expect(second).toMatchObject({ code: 0, out: '' })
    expect(second.err).toContain('Nothing new')
    expect(offtrail(['insights']).out).toBe(first.out)
  })

  it('reads standard input', () => {
    const { code, err } = offtrail(['run', '-', '--store', 'pipe.db'], dayText(0))
    expect(code).toBe(0)
    expect(err).toContain('144 read = 144 counted')
  })

  it('counts the same on an engine without WebAssembly', () => {
    const hash = (store: string) => offtrail(['export', '--canonical', '--hash', '--store', store])
    expect(offtrail(['run', 'trail', '--store', 'bare.db'], '', ['--jitless']).code).toBe(0)
    expect(offtrail(['run', 'trail', '--store', 'scanned.db']).code).toBe(0)
    expect(hash('bare.db')).toEqual(hash('scanned.db'))
  })

  it.each([
    { code: 1, args: ['run', 'trail', '--fail-on', 'info', '--store', 'new.db'] },
    { code: 2, args: ['run'] },
    { code: 2, args: [] },
    { code: 4, args: ['explain', 'nothing'] },
  ])('ends with $code after $args', ({ code, args }) => {
    expect(offtrail(args).code).toBe(code)
  })

  it('ends without complaint when its reader stops early', async () => {
    const child = start(['export', '--canonical'])
    child.stdout.destroy()
    expect(await endingOf(child)).toEqual({ code: 0, err: '' })
  })

  it('makes a demo, and says which incidents it caught', () => {
    const { code, out, err } = offtrail(['demo', '--days', '14', '--out', 'a demo'])
    expect(code).toBe(0)
    expect(out).toMatch(/^SEV +SCORE +WHEN/)
    expect(out).toMatch(/^caught {2}2026-09-\d\dT\d\d:\d\dZ {2}\S.* after \d+ min$/m)
    const [, caught, all] = /^(\d+) of (\d+) labelled incidents caught/m.exec(out) ?? []
    expect(Number(caught)).toBeGreaterThan(Number(all) / 2)
    expect(err).toMatch(/^Generated 14 days of CloudTrail \(seed 7\): /m)
    expect(err).toContain("npx offtrail serve --store 'a demo/offtrail.db'")
    const [, id = ''] = /npx offtrail explain ([\da-f]{8}) /.exec(err) ?? []
    expect(offtrail(['explain', id, '--store', 'a demo/offtrail.db']).code).toBe(0)
  })
})

describe('offtrail serve', () => {
  it('answers while a run writes the same store, and ends with 0 when told to stop', async () => {
    offtrail(['run', 'trail', '--store', 'served.db', '-q'])
    const server = start(['serve', '--store', 'served.db', '--port', '0'])
    const ended = endingOf(server)
    const url = await addressOf(server)
    const answer = async (route: string) => {
      const reply = await fetch(url + route)
      const isJson = reply.headers.get('content-type')?.includes('json') === true
      return { status: reply.status, body: isJson ? await reply.json() : await reply.text() }
    }
    writeDays(path('more'), { from: 10, until: 24 })
    const writer = start(['run', 'more', '--store', 'served.db', '-q'])
    const written = endingOf(writer)
    const [live, insights, baselines] = await Promise.all(
      ['/livez', '/v1/insights', '/v1/baselines'].map(answer),
    )
    expect([live?.status, insights?.status, baselines?.status]).toEqual([200, 200, 200])
    expect(JSON.stringify(insights?.body)).toContain('RunInstances')
    const window = 'eventSource=ec2&eventName=RunInstances&at=2026-03-10T12:00:00Z'
    const why = await answer(`/v1/explain?${window}`)
    expect(why).toMatchObject({ status: 200, body: { verdict: 'alarm', count: 300 } })
    expect((await written).code).toBe(0)
    expect(JSON.stringify((await answer('/v1/runs')).body)).toContain('"finishTime":"')
    server.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  })
})

describe('offtrail serve --schedule', () => {
  it('makes the store, reads what comes, says how its runs fare, and leaves none behind', async () => {
    writeDays(path('coming'), { from: 0, until: 2 })
    const schedule = ['--schedule', '* * * * * *', '--input', 'coming']
    const server = start(['serve', '--store', 'scheduled.db', '--port', '0', ...schedule])
    const ended = endingOf(server)
    const url = await addressOf(server)
    const metric = async (line: RegExp) => {
      const text = await (await fetch(`${url}/metrics`)).text()
      return Number(line.exec(text)?.[1])
    }
    const until = async (isSo: () => Promise<boolean>) => {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const counted = /^offtrail_records_total\{outcome="counted"\} (\d+)/m
    const before = await metric(counted)
    expect(before).toBeGreaterThan(0)
    writeDays(path('coming'), { from: 2, until: 3 })
    await until(async () => (await metric(counted)) > before)
    const runs = /^offtrail_scheduled_runs_total\{outcome="ok"\} (\d+)/m
    await until(async () => (await metric(runs)) > 0)
    server.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0 })
    expect(offtrail(['doctor', '--store', 'scheduled.db']).code).toBe(0)
  })

  it('is not ready while its runs fail, and is again when one succeeds', async () => {
    writeDays(path('first'), { from: 0, until: 2 })
    offtrail(['run', 'first', '--store', 'stale.db', '-q'])
    const schedule = ['--schedule', '* * * * * *', '--input', 'to-come']
    const server = start(['serve', '--store', 'stale.db', '--port', '0', ...schedule])
    const ended = endingOf(server)
    const url = await addressOf(server)
    const answered = async (status: number) => {
      for (;;) {
        const reply = await fetch(`${url}/readyz`)
        if (reply.status === status) return reply.json()
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
    expect(await answered(200)).toEqual({ status: 'ready' })
    expect(await answered(503)).toMatchObject({
      type: '/problems/NOT_READY',
      detail: expect.stringMatching(/^the last \d+ scheduled runs failed, .* exit code 2$/),
    })
    expect((await fetch(`${url}/livez`)).status).toBe(200)
    writeDays(path('to-come'), { from: 2, until: 3 })
    expect(await answered(200)).toEqual({ status: 'ready' })
    server.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0 })
  })

  it.each([
    { says: 'give --input or --tokens', args: ['--schedule', '* * * * *'] },
    { says: 'give --schedule as well', args: ['--input', 'trail'] },
    { says: 'give --schedule and --input', args: ['--require-verified'] },
    { says: '--from is for what --input names', args: ['--from', '30d'] },
    { says: "'often' is no moment", args: ['--from', 'often', '--input', 'trail'] },
    { says: "not 'hourly'", args: ['--schedule', 'hourly', '--input', 'trail'] },
    { says: 'made no store', args: ['--schedule', '* * * * *', '--input', 'nowhere'] },
    { says: 'leave out --unsigned-aws', args: ['--tokens', 'tokens', '--unsigned-aws'] },
  ])('says what is wrong with $args', ({ says, args }) => {
    const { code, err } = offtrail(['serve', '--store', 'none.db', ...args])
    expect([code === 0, err]).toEqual([false, expect.stringContaining(says)])
  })
})

function endingOf(child: ChildProcess): Promise<{ code: number | null; err: string }> {
  let err = ''
  child.stderr?.on('data', (text: Buffer) => {
    err += text.toString()
  })
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, err })))
}

/** Where a server says that it serves. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (text: Buffer) => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text.toString()) ?? []
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)))
  })
}
