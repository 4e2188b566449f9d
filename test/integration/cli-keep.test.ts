import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { buildApp } from '../../src/http/app.ts'
import { httpSettings } from '../../src/http/http-settings.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import { ask } from '../support/http-world.ts'
import { commandLine, place, valuesOf } from '../support/offtrail.ts'
import { DEFAULTS, FIXTURE_TRAILS } from '../support/pipeline-world.ts'

const { path } = place()
const store = ['--store', path('store.db')]

beforeAll(async () => {
  const { code } = await commandLine(['run', FIXTURE_TRAILS, ...store, '--quiet'])
  expect(code).toBe(3)
})

const HEAD = 'account,region,category,eventSource,eventName,errorCode,minute,calls'

describe('offtrail export', () => {
  it('prints counts that sum up to the calls counted, a line each', async () => {
    const { code, out } = await commandLine([
      'export',
      '--what',
      'counts',
      '--format',
      'csv',
      ...store,
    ])
    const [head, ...lines] = out.trimEnd().split('\n')
    expect({ code, head }).toEqual({ code: 0, head: HEAD })
    const sum = lines.reduce(
      (total, line) => total + Number(line.slice(line.lastIndexOf(',') + 1)),
      0,
    )
    expect(sum).toBe(8372)
    expect(lines.every((line) => /,\d{4}-\d\d-\d\dT\d\d:\d\d:00Z,\d+$/.test(line))).toBe(true)
  })

  it('prints the same as NDJSON, and writes the same to a file', async () => {
    const { out } = await commandLine(['export', '--format', 'ndjson', ...store])
    const rows = valuesOf(out)
    expect(Object.keys(rows[0] ?? {}).join(',')).toBe(HEAD)
    expect(rows.reduce((total, { calls }) => total + Number(calls), 0)).toBe(8372)
    const filed = await commandLine([
      'export',
      '--format',
      'ndjson',
      '-o',
      path('counts'),
      ...store,
    ])
    expect(filed).toEqual({ code: 0, out: '', err: '' })
    expect(readFileSync(path('counts'), 'utf8')).toBe(out)
  })

  it('prints the canonical state, and its hash', async () => {
    const canonical = await commandLine(['export', '--canonical', ...store])
    expect(canonical.out).toMatch(/^totals \{"counted":8372,/)
    const hash = createHash('sha256').update(canonical.out).digest('hex')
    expect((await commandLine(['export', '--hash', ...store])).out).toBe(`${hash}\n`)
  })
})

describe('offtrail quarantine, doctor', () => {
  it('lists the file that failed and what was rejected with it', async () => {
    const { code, out } = await commandLine(['quarantine', 'list', ...store])
    expect(code).toBe(0)
    expect(out).toMatch(
      /^failed {2}\/.*formats\/broken-json\.json: expected JSON, but at byte 3053/,
    )
    expect(out).toContain('6 rejected  FILE_DAMAGED: the record stands in a file that is damaged')
    const json = JSON.parse((await commandLine(['quarantine', '--json', ...store])).out)
    expect(json).toMatchObject({
      files: [{ outcome: 'failed' }],
      rejectedByCode: { FILE_DAMAGED: 6 },
    })
  })

  it('is the same over HTTP', async () => {
    writeFileSync(path('timeless.json'), '{"Records":[{"a":1},{"a":2},{"a":3}]}')
    writeFileSync(path('broken.json'), '{"Records":[')
    const files = [path('timeless.json'), path('broken.json')]
    await commandLine(['run', ...files, '--store', path('rejected.db'), '--quiet'])
    const reader = openReader(path('rejected.db'))
    const app = await buildApp({
      ...{ store: reader, settings: httpSettings(DEFAULTS), now: Date.now },
      why: whyOf(reader, DEFAULTS),
    })
    const { body } = await ask(app, '/v1/rejections?limit=2')
    expect(body).toMatchObject({
      files: [
        {
          outcome: 'failed',
          file: expect.stringContaining('broken.json'),
          reason: expect.stringContaining('copy the file again'),
        },
      ],
      codes: [
        { code: 'TIME_MISSING', count: 3, reason: expect.stringContaining('the record has') },
      ],
      records: [1, 2].map((a) => ({
        ...{ code: 'TIME_MISSING', account: null, sample: JSON.stringify({ a }) },
        file: expect.stringContaining('timeless.json'),
      })),
    })
    expect((await ask(app, '/v1/rejections?limit=0')).status).toBe(400)
    await app.close()
    reader.close()
  })

  it('finds the store whole', async () => {
    const { code, out } = await commandLine(['doctor', ...store])
    expect(code).toBe(0)
    expect(out).toContain('ok      conservation: 8473 read = 8372 counted')
    expect(out.split('\n').every((line) => line === '' || /^(ok|warn) /.test(line))).toBe(true)
    expect(JSON.parse((await commandLine(['doctor', '--json', ...store])).out).ok).toBe(true)
  })

  it.each(['insights', 'series', 'baseline', 'export', 'quarantine', 'doctor', 'serve'])(
    '%s ends with 4 where there is no store, and with 65 where it is damaged',
    async (command) => {
      const missing = await commandLine([command, '--store', path('missing.db')])
      expect(missing).toMatchObject({ code: 4, out: '' })
      expect(missing.err).toContain('offtrail run --input DIR')
      writeFileSync(path('damaged.db'), 'no database'.repeat(100))
      const damaged = await commandLine([command, '--store', path('damaged.db')])
      expect(damaged).toMatchObject({ code: 65, out: '' })
      expect(damaged.err).toContain('[STORE_DAMAGED]')
    },
  )
})

describe('offtrail config', () => {
  it('prints settings that it reads again as they were', async () => {
    const { out } = await commandLine(['config', 'print'])
    expect(parse(out)).toEqual(DEFAULTS)
    writeFileSync(path('printed.yaml'), out)
    const json = await commandLine(['config', '--json', '-c', path('printed.yaml')])
    expect(JSON.parse(json.out)).toEqual(DEFAULTS)
    const validated = await commandLine(['config', 'validate', path('printed.yaml')])
    expect(validated).toMatchObject({ code: 0, out: `${path('printed.yaml')} is valid.\n` })
  })

  it('names every problem with its line, and ends with 2', async () => {
    const file = path('wrong.yaml')
    writeFileSync(file, 'windowMinutes: 7\nfloors:\n  callz: 3\n')
    for (const args of [[file], ['-c', file]]) {
      const { code, out } = await commandLine(['config', 'validate', ...args])
      expect(code).toBe(2)
      expect(out).toContain(`${file}:1: windowMinutes: must be one of 1, 5, 15, 30, 60\n`)
      expect(out).toContain(`${file}:3: floors: callz is not a setting here`)
    }
    const { out } = await commandLine(['config', 'validate', file, '--json'])
    expect(JSON.parse(out)).toMatchObject({ valid: false, problems: [{ line: 1 }, { line: 3 }] })
    expect((await commandLine(['config', 'validate'])).code).toBe(2)
  })

  it('prints a JSON Schema of the settings', async () => {
    const schema = JSON.parse((await commandLine(['config', 'schema'])).out)
    expect(Object.keys(schema.properties)).toEqual(Object.keys(DEFAULTS))
  })
})

describe('offtrail simulate', () => {
  it('writes the same trail for the same seed, with labels, and says how much', async () => {
    for (const name of ['one', 'two']) {
      const args = ['simulate', '--out', path(name), '--days', '3', '--seed', '5', '--quiet']
      const { code, out, err } = await commandLine(args)
      expect({ code, out }).toEqual({ code: 0, out: '' })
      expect(err).toMatch(/^Wrote [\d ]+ events in \d+ files to /)
    }
    const [one, two] = ['one', 'two'].map((name) => contentOf(path(name)))
    expect(two).toEqual(one)
    const { labels } = JSON.parse(one?.get('labels.json') ?? '')
    expect(labels.length).toBeGreaterThan(5)
  })
})

function contentOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]))
}
