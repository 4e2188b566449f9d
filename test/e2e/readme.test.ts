import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { place } from '../support/offtrail.ts'

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const { offtrail, start } = place()

/** The part of the tour under one of its numbers. */
function stop(number: number): string {
  const [, text = ''] = README.split(`\n**${number}. `)
  return text.split(/\n\*\*\d\. |\n## /, 1)[0] ?? ''
}

/** What a line asks of the program, its comment left out. */
const argsOf = (line: string): readonly string[] =>
  line
    .replace(/^(\$ )?npx offtrail /, '')
    .replace(/ {2,}#.*$/, '')
    .split(' ')

const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^(?:\$ )?npx offtrail .*$/gm)].map(([line]) => line)

beforeAll(() => {
  expect(offtrail(['demo', '--quiet']).code).toBe(0)
}, 120_000)

describe('the tour of the README', () => {
  it.each([
    ['a backtest', 5],
    ['inject', 6],
  ])('shows what %s prints, to the letter', (_, number) => {
    const block = /```text\n([^`]*)```/.exec(stop(number))?.[1] ?? ''
    const [command = '', ...shown] = block.split('\n')
    const { code, out } = offtrail([...argsOf(command), '--format', 'table'])
    expect(code).toBe(0)
    const linesOf = (all: readonly string[]) =>
      all.filter((line) => line !== '').map((line) => line.trimEnd())
    const lines = linesOf(shown)
    expect(lines.length).toBeGreaterThan(5)
    expect(linesOf(out.split('\n')).slice(0, lines.length)).toEqual(lines)
  })

  it('tunes with commands that work, one after the other', () => {
    const commands = commandsIn(stop(5))
    expect(commands.length).toBeGreaterThan(3)
    for (const command of commands) {
      const { code, err } = offtrail(argsOf(command))
      expect([command, code, err.includes('bug')]).toEqual([command, 0, false])
    }
  }, 120_000)

  it('asks over HTTP what is answered', async () => {
    const text = stop(7)
    const served = argsOf(/`(npx offtrail serve [^`]*)`/.exec(text)?.[1] ?? '')
    const child = start([...served, '--port', '0'])
    onTestFinished(() => {
      child.kill('SIGTERM')
    })
    const [line] = await once(child.stderr, 'data')
    const origin = /http:[^ ]+/.exec(String(line))?.[0] ?? ''
    const urls = [...text.matchAll(/^curl -s '(http:\/\/127\.0\.0\.1:8787[^']*)'/gm)]
    expect(urls.length).toBeGreaterThan(3)
    for (const [, url = ''] of urls) {
      const { status } = await fetch(url.replace('http://127.0.0.1:8787', origin))
      expect([url, status]).toEqual([url, 200])
    }
  })
})
