import { chmodSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandLine, place, valuesOf } from '../support/offtrail.ts'
import { writeDays, written } from '../support/pipeline-world.ts'
import { receiver } from '../support/receiver.ts'

const { path } = place()

const config = (name: string, ...lines: readonly string[]): string =>
  written(path(`${name}.yaml`), `sinks:\n${lines.map((line) => `  ${line}\n`).join('')}`)
const hook = (name: string, url: string): readonly string[] => [
  ...[`- name: ${name}`, '  type: webhook', `  url: ${url}`],
  ...['  allowHttp: true', '  allowPrivate: true'],
]

describe('offtrail sink test', () => {
  it('sends one message that says it is a test, and what came back', async () => {
    const { url, received } = await receiver(() => ({ status: 202 }))
    const file = config('test', ...hook('hook', url), '  secret: { env: HOOK_SECRET }')
    const variable = (name: string) => (name === 'HOOK_SECRET' ? 'hush' : undefined)
    const { code, out, err } = await commandLine(['sink', 'test', 'hook', '-c', file], { variable })
    expect([code, out, err]).toEqual([0, 'hook took the test message: HTTP 202, after 0 ms.\n', ''])
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      kind: 'test',
      incident: { insights: [{ explanation: expect.stringContaining('This is a test') }] },
    })
    expect(received[0]?.headers).toHaveProperty('offtrail-signature')
    const json = await commandLine(['sink', 'test', 'hook', '-c', file, '--json'], { variable })
    expect(JSON.parse(json.out)).toMatchObject({ name: 'hook', answer: 'HTTP 202' })
  })

  it('says what went wrong, and ends with 7', async () => {
    const { url } = await receiver(() => ({ status: 403 }))
    const file = config('refused', ...hook('hook', url))
    const { code, err } = await commandLine(['sink', 'test', 'hook', '-c', file])
    expect([code, err]).toEqual([7, 'offtrail: hook did not take it: HTTP 403 [SINK_FAILED]\n'])
  })

  it('says that a secret is not there, and what sinks there are', async () => {
    const file = config('secret', ...hook('hook', 'https://example.com'), '  secret: { env: NONE }')
    const { code, err } = await commandLine(['sink', 'test', 'hook', '-c', file])
    expect([code, err]).toEqual([2, expect.stringContaining('environment variable NONE holds no')])
    const unknown = await commandLine(['sink', 'test', 'pager', '-c', file])
    expect([unknown.code, unknown.err]).toEqual([4, expect.stringContaining('these are: hook')])
  })
})

describe('a webhook whose URL is a secret', () => {
  const hidden = (place: string): string =>
    config(
      'hidden',
      `- { name: chat, type: webhook, ${place}, allowHttp: true, allowPrivate: true }`,
    )
  const test = (file: string, variable: (name: string) => string | undefined = () => undefined) =>
    commandLine(['sink', 'test', 'chat', '-c', file], { variable })

  it('is asked at what its file holds by then, and at what its variable holds', async () => {
    const { url, received } = await receiver()
    const secret = written(path('chat.url'), `${url}/first\n`)
    chmodSync(secret, 0o600)
    const file = hidden(`urlFile: ${secret}`)
    expect((await test(file)).code).toBe(0)
    written(secret, `${url}/second\n`)
    expect((await test(file)).code).toBe(0)
    chmodSync(secret, 0o644)
    expect(await test(file)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`chmod 600 ${secret}`),
    })
    expect((await test(hidden('urlEnv: CHAT_URL'), () => `${url}/third`)).code).toBe(0)
    expect(received.map((each) => each.path)).toEqual(['/first', '/second', '/third'])
  })

  it.each([
    ['https://127.0.0.1:1/hush', 'did not take it: 127.0.0.1:1'],
    ['http://u:hush@127.0.0.1:1/', 'a URL with a user name'],
    ['hush', 'the URL is none'],
  ])('is told to nobody, whatever goes wrong with it: %s', async (url, words) => {
    const file = hidden('urlEnv: CHAT_URL')
    const failed = await test(file, () => url)
    const printed = await commandLine(['config', 'print', '-c', file], { variable: () => url })
    expect([failed.code, failed.err]).toEqual([7, expect.stringContaining(words)])
    expect(printed.out).toContain('urlEnv: CHAT_URL')
    for (const { out, err } of [failed, printed]) expect(out + err).not.toContain('hush')
  })
})

describe('offtrail run, with sinks', () => {
  it('counts everything, ends with 7 where a sink failed, and lists what waits', async () => {
    const good = await receiver()
    const bad = await receiver(() => ({ status: 500 }))
    const file = config('run', ...hook('good', good.url), ...hook('bad', bad.url))
    const run = (...args: readonly string[]) =>
      commandLine(['run', path('trail'), '--store', path('store.db'), '-c', file, ...args])
    writeDays(path('trail'), { from: 0, until: 10 })
    expect((await run()).code).toBe(0)
    writeDays(path('trail'), { from: 10, until: 12 }, (day) =>
      day === 10 ? [{ minute: 720, count: 300 }] : [],
    )
    const { code, out, err } = await run()
    expect([code, valuesOf(out).length]).toEqual([7, 1])
    expect(err).toContain('Delivered 1 message to good.\n')
    expect(err).toContain('Delivered 0 messages to bad.\n  ! bad: 1 message waits: HTTP 500\n')
    const quiet = await run('--quiet')
    expect([quiet.code, quiet.err]).toEqual([7, '  ! bad: 1 message waits: HTTP 500\n'.trimStart()])
    const list = await commandLine(['sink', 'list', '-c', file, '--store', path('store.db')])
    expect(list.out.split('\n')).toEqual([
      expect.stringMatching(/^NAME {2}TYPE/),
      expect.stringMatching(/^good {2}webhook +0 +0 {2}2026-06-01T00:00:00Z {2}- +-$/),
      expect.stringMatching(/^bad {3}webhook +1 +0 {2}- +- +HTTP 500$/),
      '',
    ])
    const args = ['sink', 'list', '-c', file, '--store', path('store.db'), '--json']
    expect(JSON.parse((await commandLine(args)).out)).toMatchObject([
      { name: 'good', waiting: 0, trouble: null },
      { name: 'bad', waiting: 1, failures: 2, trouble: 'HTTP 500', retryTime: null },
    ])
  })
})

describe('sinks in a settings file', () => {
  it.each([
    [
      '- { name: a, type: pager }',
      'sinks.0.type: must be one of webhook, slack, sns, eventbridge, s3, folder',
    ],
    ['- { name: a, type: webhook, url: x, secret: hush }', 'sinks.0.secret: must be object'],
    ['- { name: a, type: webhook, url: x, key: 1 }', 'sinks.0: key is not a setting here'],
    ['- { name: a, type: webhook }', 'sinks.0: takes one of url, urlFile and urlEnv'],
    ['- { name: a, type: webhook, url: x, urlEnv: U }', 'sinks.0: takes one of url'],
    ['- { name: a, type: slack }', 'sinks.0: takes either webhookUrl, or token and channel'],
    ['- { name: a, type: slack, token: { env: T } }', 'sinks.0: takes either webhookUrl'],
    ['- { name: A, type: webhook, url: x }', 'sinks.0.name: must match pattern'],
  ])('are checked: %s', async (line, words) => {
    const file = config('checked', line)
    const { code, out } = await commandLine(['config', 'validate', file])
    expect([code, out]).toEqual([2, expect.stringContaining(`${file}:2: ${words}`)])
  })

  it('are valid as the documentation has them', async () => {
    const settings = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8')
    const example = /```yaml\n(sinks:\n[^`]+)```/.exec(settings)?.[1] ?? 'sinks: none'
    const file = written(path('settings.yaml'), example)
    const { code, out } = await commandLine(['config', 'validate', file])
    expect([code, out]).toEqual([0, `${file} is valid.\n`])
  })

  it('have names of their own', async () => {
    const one = '- { name: a, type: webhook, url: x }'
    const { out } = await commandLine(['config', 'validate', config('names', one, one)])
    expect(out).toContain(':3: sinks.1.name: another sink is called a')
  })
})
