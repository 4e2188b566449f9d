import { describe, expect, it } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import type { Again } from '../../src/cli/terminal.ts'
import { place, recordingTerminal } from '../support/offtrail.ts'

const { path } = place()

describe('offtrail serve --schedule without a store', () => {
  it('told to stop while its first run is under way, stops that run and ends', async () => {
    const asked: (readonly string[])[] = []
    let tell = () => {}
    let end: Awaited<Again['ended']> | undefined
    const again = (args: readonly string[]): Again => {
      asked.push(args)
      let done: (ending: Awaited<Again['ended']>) => void = () => {}
      const ended = new Promise<Awaited<Again['ended']>>((resolve) => {
        done = resolve
      })
      const stop = () => {
        end = { code: null, err: '' }
        done(end)
      }
      return { ended, stop }
    }
    const { terminal, said } = recordingTerminal({
      again,
      onStop: (stop) => {
        tell = stop
        queueMicrotask(() => tell())
      },
    })
    const store = path('none.db')
    const args = ['serve', '--store', store, '--schedule', '0 0 1 1 *', '--input', 'trail']
    const verified = ['--require-verified', '--public-keys', 'keys.json']
    const aws = [
      ...['--profile', 'archive', '--endpoint-url', 'http://127.0.0.1:9'],
      ...['--role-arn', 'arn:aws:iam::111122223333:role/Reader', '--external-id', 'offtrail-1'],
    ]
    const passedOn = ['--from', '30d', '--deliver', 'out', ...aws, ...verified]
    expect(await runCommandLine([...args, ...passedOn], terminal)).toBe(0)
    expect(asked).toEqual([['run', '--quiet', '--store', store, '--input', 'trail', ...passedOn]])
    expect(end?.code).toBeNull()
    expect(said.err).not.toContain('Serving')
  })
})
