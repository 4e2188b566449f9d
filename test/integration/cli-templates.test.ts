import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commandLine, place } from '../support/offtrail.ts'
import { written } from '../support/pipeline-world.ts'
import { receiver } from '../support/receiver.ts'

const { path } = place()
const LOCAL = '  allowHttp: true\n    allowPrivate: true'
const config = (name: string, ...lines: readonly string[]): string =>
  written(path(`${name}.yaml`), `sinks:\n${lines.map((line) => `  ${line}\n`).join('')}`)
const hook = (url: string, ...more: readonly string[]): readonly string[] => [
  ...['- name: hook', '  type: webhook', `  url: ${url}`, LOCAL, ...more],
]
const topic = (...more: readonly string[]): readonly string[] => [
  ...['- name: topic', '  type: sns', '  topicArn: arn:aws:sns:eu-west-1:111122223333:a', ...more],
]
const test = (file: string, name: string, ...args: readonly string[]) =>
  commandLine(['sink', 'test', name, '-c', file, ...args])

describe('a sink with a template', () => {
  it('is sent what its file says, beside the settings', async () => {
    const { url, received } = await receiver()
    written(path('hook.mustache'), '{"words":"{{title}}","count":{{insightCount}}}\n')
    const file = config('sent', ...hook(url, '  templateFile: hook.mustache'))
    expect((await test(file, 'hook')).code).toBe(0)
    expect(received.map(({ body }) => body)).toEqual([
      '{"words":"test: offtrail:SinkTest in 000000000000","count":1}',
    ])
    const { out } = await commandLine(['config', 'print', '-c', file, '--json'])
    expect(JSON.parse(out).sinks).toMatchObject([{ templateFile: 'hook.mustache' }])
    expect(out).not.toContain('{{title}}')
  })

  it('shows its message with --dry-run, and sends nothing', async () => {
    const { url, received } = await receiver()
    const file = config(
      'dry',
      ...hook(url, `  template: '{"a":"{{kind}}"}'`),
      ...topic('  subject: "{{account}} ☠"', '  template: "{{title}}"'),
      ...['- { name: bus, type: eventbridge }', '- { name: here, type: folder, path: /nowhere }'],
      ...['- { name: chat, type: slack, webhookUrl: { env: NONE }, template: "*{{kind}}*" }'],
    )
    const shown = async (name: string) => (await test(file, name, '--dry-run')).out
    expect(await shown('hook')).toBe('{"a":"test"}\n')
    expect(await shown('topic')).toBe('000000000000 ?\n\ntest: offtrail:SinkTest in 000000000000\n')
    expect(await shown('chat')).toContain('"text": "*test*"')
    expect(await shown('bus')).toContain('AWS Insight via CloudTrail')
    expect(await test(file, 'here', '--dry-run')).toMatchObject({ code: 2 })
    const json = await test(file, 'hook', '--dry-run', '--json')
    expect(JSON.parse(json.out)).toEqual({ name: 'hook', message: '{"a":"test"}' })
    expect(received).toEqual([])
  })

  it.each([
    ["  template: '{{titel}}'", 6, 'sinks.0.template: line 1: there is no field titel here'],
    ["  template: '{{title}}'", 6, 'sinks.0.template: line 1: {{title}} is text'],
    ['  templateFile: none.mustache', 6, 'cannot read the template none.mustache'],
    ['  templateFile: wrong.mustache', 6, 'sinks.0.templateFile: line 2: there is no field x'],
    ["  templateFile: a\n    template: '{}'", 6, 'either template or templateFile'],
  ])('is checked: %s', async (line, number, words) => {
    written(path('wrong.mustache'), '\n{{x}}\n')
    const file = config('checked', '- name: hook', '  type: webhook', '  url: https://x', line)
    const { code, out } = await commandLine(['config', 'validate', file])
    expect([code, out]).toEqual([2, expect.stringContaining(words)])
    expect(out).toContain(`${file}:${number - 1}:`)
    const run = await commandLine(['run', path('trail'), '--store', path('a.db'), '-c', file])
    expect([run.code, run.err]).toEqual([2, expect.stringContaining('SETTINGS_INVALID')])
  })

  it('is valid as the documentation shows it', async () => {
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(readFileSync('docs/templates.md', 'utf8')) ?? []
    expect(parse(yaml).sinks).toHaveLength(3)
    const file = written(path('documented.yaml'), yaml)
    written(path('chat.mustache'), '*{{title}}*')
    const { code, out } = await commandLine(['config', 'validate', file])
    expect([code, out]).toEqual([0, `${file} is valid.\n`])
    const shown = (await test(file, 'soc', '--dry-run')).out
    expect(JSON.parse(shown)).toMatchObject({ severity: 'info', calls: [{ count: 10, by: '' }] })
  })
})
