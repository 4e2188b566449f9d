import { chmodSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/base/finding.ts'
import { LEAST_NODE } from '../../src/cli/doctor-looks.ts'
import { commandLine, place } from '../support/offtrail.ts'
import { DAY_MS, FIRST_DAY_MS, writeDays, written } from '../support/pipeline-world.ts'

/** What doctor finds of a check, looking at a moment. */
async function finds(check: string, args: readonly string[], nowMs = FIRST_DAY_MS) {
  const { code, out } = await commandLine(['doctor', '--json', ...args], { now: () => nowMs })
  const { findings, worst } = JSON.parse(out)
  return { code, worst, found: findings.filter((one: Finding) => one.check === check) }
}

describe('doctor looks at runs and what they cover', () => {
  const { folder } = place()
  const store = ['--store', `${folder}/store.db`]
  const endMs = FIRST_DAY_MS + 3 * DAY_MS

  it('and finds both of today, or behind', async () => {
    writeDays(`${folder}/trail`, { from: 0, until: 3 })
    await commandLine(['run', `${folder}/trail`, ...store], { now: () => endMs })
    const today = await finds('coverage', store, endMs)
    expect(today).toMatchObject({ code: 0, worst: 'ok', found: [{ state: 'ok', place: null }] })
    expect((await finds('runs', store, endMs)).found).toMatchObject([{ state: 'ok' }])
    const later = endMs + 3 * DAY_MS
    expect(await finds('coverage', store, later)).toMatchObject({
      ...{ code: 0, worst: 'warn' },
      found: [
        {
          ...{ state: 'warn', place: '111122223333 eu-west-1' },
          words: expect.stringMatching(/^known up to 2026-03-0\dT\S+, 3 days ago$/),
        },
      ],
    })
    expect((await finds('runs', store, later)).found).toMatchObject([
      { state: 'warn', words: expect.stringContaining('more than a day ago') },
    ])
  })

  it('and doubts a run that left files unread', async () => {
    written(`${folder}/trail/broken.json`, '{"Records":[')
    await commandLine(['run', `${folder}/trail`, ...store], { now: () => endMs })
    expect((await finds('runs', store, endMs)).found).toMatchObject([
      { state: 'warn', words: expect.stringContaining('files it could not read: 1') },
    ])
  })

  it('and doubts where there is no store yet, but fails where it is damaged', async () => {
    const missing = ['--store', `${folder}/missing.db`, `${folder}/trail`]
    expect(await finds('store', missing)).toMatchObject({ code: 0, found: [{ state: 'warn' }] })
    written(`${folder}/damaged.db`, 'no database'.repeat(100))
    const damaged = ['--store', `${folder}/damaged.db`, `${folder}/trail`]
    expect(await finds('store', damaged)).toMatchObject({ code: 3, found: [{ state: 'fail' }] })
  })
})

describe('doctor looks at files of keys', () => {
  const { folder } = place()
  const elsewhere = [folder, '--store', `${folder}/none.db`]

  it('that their owner alone reads', async () => {
    const tokens = `${folder}/tokens.json`
    await commandLine(['token', 'create', '--tokens', tokens, '--name', 'a'])
    const asked = [...elsewhere, '--tokens', tokens]
    expect(await finds('tokens', asked)).toMatchObject({
      ...{ code: 0 },
      found: [{ state: 'ok', place: tokens, words: 'it holds 1, for its owner alone' }],
    })
    chmodSync(tokens, 0o640)
    expect(await finds('tokens', asked)).toMatchObject({
      ...{ code: 3 },
      found: [{ state: 'fail', words: expect.stringContaining(`chmod 600 ${tokens}`) }],
    })
  })

  it('that have none, or are not there', async () => {
    const keys = written(`${folder}/keys.json`, '{"accessKeys":[]}')
    chmodSync(keys, 0o600)
    const asked = (path: string) => finds('access-keys', [...elsewhere, '--access-keys', path])
    expect((await asked(keys)).found).toMatchObject([{ state: 'warn' }])
    expect(await asked(`${folder}/no.json`)).toMatchObject({ code: 3, found: [{ state: 'fail' }] })
  })
})

it('doctor asks for the Node.js that the package asks for', () => {
  const { engines } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  expect(`${engines.node}.0`).toBe(`>=${LEAST_NODE}`)
})
