import { describe, expect, it } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { openStore } from '../../src/store/sqlite/open-store.ts'
import { recordingTerminal } from '../support/offtrail.ts'
import { temporaryFolder } from '../support/pipeline-world.ts'
import { HOLDER } from '../support/temporary-store.ts'

const place = { account: '111122223333', region: 'eu-west-1' }
const place2 = { ...place, region: 'us-east-1' }
const FIRST_HOUR = Date.UTC(2026, 2, 2) / 3_600_000

/** A store with a proven and a lost stretch of one Region, and a proven one of another. */
function storePath(): string {
  const path = `${temporaryFolder()}/store.db`
  const store = openStore(path, HOLDER)
  const stretch = (from: number, until: number, state: 'proven' | 'missing') => ({
    ...{ fromHour: FIRST_HOUR + from, untilHour: FIRST_HOUR + until, state },
  })
  store.putCoverage([
    { ...place, trail: 'main', stretches: [stretch(0, 9, 'proven'), stretch(9, 10, 'missing')] },
    { ...place2, trail: 'main', stretches: [stretch(0, 4, 'proven')] },
  ])
  store.close()
  return path
}

async function coverage(store: string, ...args: readonly string[]) {
  const { terminal, said } = recordingTerminal()
  const code = await runCommandLine(['coverage', '--store', store, ...args], terminal)
  const lines = said.out.split('\n').filter((line) => line !== '')
  return { code, err: said.err, out: said.out, lines }
}

describe('offtrail coverage', () => {
  it('prints stretches and shares a line each, and ends with 1 where an hour is lost', async () => {
    const { code, lines, err } = await coverage(storePath())
    expect(code).toBe(1)
    expect(err).toContain('trail-gap: not every hour is proven')
    const [from, to] = ['2026-03-02T00:00:00Z', '2026-03-02T09:00:00Z']
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { type: 'stretch', ...place, from, to, state: 'proven' },
      { type: 'stretch', ...place, from: to, to: '2026-03-02T10:00:00Z', state: 'missing' },
      { type: 'stretch', ...place2, from, to: '2026-03-02T04:00:00Z', state: 'proven' },
      { type: 'region', ...place, provenShare: 0.9, provenUntil: to },
      { type: 'region', ...place2, provenShare: 1, provenUntil: '2026-03-02T04:00:00Z' },
    ])
  })

  it.each([
    [['--region', 'us-east-1'], 0, 'Every hour that digests speak for is proven'],
    [['--to', '2026-03-02T08:00:00Z'], 0, 'Every hour that digests speak for is proven'],
    [['--from', '2026-03-02T09:30:00Z'], 1, 'trail-gap'],
    [['--account', '999999999999'], 0, 'No digest says anything of these hours'],
    [['--from', '2026-03-03', '--to', '2026-03-02'], 2, '--from must lie before --to'],
  ])('asked for %j ends with %i', async (args, code, words) => {
    const ended = await coverage(storePath(), ...args)
    expect(ended.code).toBe(code)
    expect(ended.err).toContain(words)
  })

  it('says nothing beside its results where it is asked to be quiet', async () => {
    expect((await coverage(storePath(), '--quiet', '--json')).err).toBe('')
  })
})
