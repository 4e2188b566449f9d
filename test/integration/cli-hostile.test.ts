import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { commandLine, place, valuesOf } from '../support/offtrail.ts'
import { burstRecords, dayText, writeDays, written } from '../support/pipeline-world.ts'

const { path } = place()
const isRoot = process.getuid?.() === 0
const recordOf = (changes: object): string =>
  JSON.stringify(burstRecords({ day: 0, minute: 0, count: 1, changes })[0])

describe('offtrail run, over a folder of everything that goes wrong', () => {
  const store = ['--store', path('bad.db')]
  const packed = gzipSync(dayText(0))

  beforeAll(() => {
    const wrongCrc = Buffer.from(packed)
    wrongCrc.writeUInt8(wrongCrc.readUInt8(packed.length - 7) ^ 0x55, packed.length - 7)
    written(path('bad', 'good.json.gz'), packed)
    written(path('bad', 'cut.json.gz'), packed.subarray(0, 500))
    written(path('bad', 'crc.json.gz'), wrongCrc)
    written(path('bad', 'utf16.json'), Buffer.from(dayText(1), 'utf16le'))
    written(path('bad', 'lines.ndjson'), `${recordOf({})}\n{"eventTime":\n${recordOf({})}\n`)
    written(path('bad', 'year.json'), `[${recordOf({ eventTime: '9999-01-01T00:00:00Z' })}]`)
    written(path('bad', 'empty.json'), '')
    written(path('bad', 'names.json'), `[${recordOf({ eventName: '__proto__', userAgent: '{}' })}]`)
    written(path('bad', 'torn.json'), '{"Records":[{')
    execFileSync('mkfifo', [path('bad', 'pipe.json')])
    chmodSync(written(path('bad', 'secret.json'), dayText(2)), 0)
  })

  it('ends with 3, counts the rest, and says what is wrong with each and what helps', async () => {
    const { code, err } = await commandLine(['run', path('bad'), ...store])
    expect(code).toBe(3)
    // Root may read everything, so that the unreadable file is counted there.
    const counted = isRoot ? 291 : 147
    expect(err).toContain(`${counted} counted + 0 duplicate + 0 late + 2 rejected`)
    expect(err).toContain('(LINE_NOT_JSON 1, TIME_OUT_OF_RANGE 1)')
    expect(err).toContain('skipped (empty 1)')
    expect(err).toContain(`quarantine list --store ${path('bad.db')}`)
    const { out } = await commandLine(['quarantine', 'list', ...store])
    expect(out).toMatch(/cut\.json\.gz: .*ends early/)
    expect(out).toMatch(/crc\.json\.gz: .*(checksum|damaged)/)
    expect(out).toMatch(/utf16\.json: .*iconv/)
    expect(out).toMatch(/pipe\.json: .*(FIFO|pipe)/)
    expect(out).toMatch(/partial {2}\S*lines\.ndjson: /)
    expect(out).toContain('1 rejected  TIME_OUT_OF_RANGE')
    expect(out.includes('secret.json')).toBe(!isRoot)
  })

  it('still ends with 3 the second time, and in silence says only what is news', async () => {
    const again = await commandLine(['run', path('bad'), ...store])
    expect(again.code).toBe(3)
    expect(again.err).toContain('(as before)')
    const quiet = await commandLine(['run', path('bad', 'cut.json.gz'), ...store, '--quiet'])
    expect(quiet).toEqual({ code: 3, out: '', err: '' })
    writeFileSync(path('bad', 'cut.json.gz'), packed.subarray(0, 600))
    const { err } = await commandLine(['run', path('bad', 'cut.json.gz'), ...store, '--quiet'])
    expect(err).toMatch(/^! \/.*cut\.json\.gz: .* \[GZIP_CUT_OFF\]\n$/)
  })
})

describe('offtrail run, over a file damaged where nothing counts', () => {
  const file = path('torn', 'part.json.gz')

  beforeAll(() => {
    const torn = recordOf({ requestParameters: 7 }).replace('"requestParameters":7', '"a":[1,,]')
    written(file, gzipSync(`{"Records":[${torn}]}`))
  })

  it('counts it', async () => {
    const { code, err } = await commandLine(['run', file, '--store', path('lenient.db')])
    expect(code).toBe(0)
    expect(err).toContain('1 read = 1 counted')
  })

  it('refuses it with --strict-json', async () => {
    const args = ['run', file, '--strict-json', '--store', path('strict.db')]
    const { code, err } = await commandLine(args)
    expect(code).toBe(3)
    expect(err).toContain('0 counted')
    expect(err).toContain('JSON_INVALID')
  })
})

describe('offtrail, over records that would steer a terminal', () => {
  const store = ['--store', path('steer.db')]
  /** Escape, the one-byte CSI, a bell, a line break, right-to-left override, a zero-width blank. */
  const STEERING = '\u001b[2J\u009b31m\u0007\n\u202egnp.exe\u200b'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
  const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b\u2066-\u2069]/
  const changes = {
    eventName: `Run${STEERING}`,
    eventSource: `ec2${STEERING}.amazonaws.com`,
    userAgent: STEERING,
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/${STEERING}` },
    errorCode: `Denied${STEERING}`,
  }
  let id = ''

  beforeAll(async () => {
    const folder = path('steer')
    writeDays(folder, { from: 0, until: 10 }, (day) =>
      day === 8 ? [{ minute: 720, count: 300, changes }] : [],
    )
    written(path('steer', 'odd\u001b[31m.json'), `[${recordOf({ eventTime: STEERING })}]`)
    written(path('steer', 'torn\u001b[31m.json'), '{"Records":[{')
    const { out } = await commandLine(['run', folder, ...store])
    id = String(valuesOf(out)[0]?.['id'])
  })

  it.each([
    { args: ['run', path('steer')], marker: 'torn\\u{1b}' },
    { args: ['insights', 'list', '--format', 'table'] },
    { args: ['insights', 'list', '--format', 'csv'] },
    { args: ['insights', 'list', '--format', 'json'] },
    { args: ['insights', 'list', '--format', 'ndjson'] },
    { args: ['insights', 'list', '--format', 'insights'] },
    { args: ['insights', 'show'] },
    { args: ['insights', 'show', '--json'] },
    { args: ['insights', 'show', '--events'] },
    { args: ['insights', 'show', '--events', '--json'] },
    { args: ['explain'] },
    { args: ['explain', '--json'] },
    { args: ['series', 'list', '--format', 'table'] },
    { args: ['series', 'list', '--json'] },
    { args: ['series', 'list', '--format', 'ndjson'] },
    { args: ['baseline', 'list', '--format', 'table'] },
    { args: ['baseline', 'list', '--json'] },
    { args: ['quarantine', 'list'], marker: 'odd\\u{1b}' },
    { args: ['quarantine', 'list', '--json'] },
    { args: ['export'] },
    { args: ['export', '--format', 'ndjson'] },
    { args: ['export', '--canonical'] },
    { args: ['doctor'] },
  ])('$args lets nothing of them through', async ({ args, marker }) => {
    const named = args[1] === 'show' || args[0] === 'explain' ? [...args, id] : args
    const onScreen = { outIsTerminal: true, errIsTerminal: false }
    const { out, err } = await commandLine([...named, ...store], onScreen)
    expect(RAW.exec(`${out}${err}`)).toBeNull()
    expect(`${out}${err}`).toContain(marker ?? '')
  })

  it('hands programs the exact names in CSV', async () => {
    const { out } = await commandLine(['export', ...store])
    expect(out).toContain(`"${changes.eventName}"`)
  })

  it('says what is unknown without repeating it raw', async () => {
    const { code, err } = await commandLine(['insights', 'show', STEERING, ...store])
    expect(code).toBe(4)
    expect(RAW.exec(err)).toBeNull()
  })
})
