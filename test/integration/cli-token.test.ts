import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { API_TOKEN_FILE } from '../../src/source/api-tokens.ts'
import { watchKeyFile } from '../../src/source/key-file.ts'
import { place, recordingTerminal } from '../support/offtrail.ts'

const { path } = place()

async function offtrail(...args: readonly string[]) {
  const { terminal, said } = recordingTerminal()
  return { code: await runCommandLine(['token', ...args], terminal), ...said }
}

describe('offtrail token', () => {
  it('shows a token once, and keeps its hash for its owner alone', async () => {
    const file = path('tokens.json')
    const made = await offtrail('create', '--tokens', file, '--name', 'grafana', '--days', '30')
    const [, id = '', secret = ''] = /^(ot-[\da-f]{12})\.([\w-]{43})\n$/.exec(made.out) ?? []
    expect(id).not.toBe('')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain(secret)
    const one = ['--account', '111122223333', '--account', '444455556666']
    const second = await offtrail('create', '--tokens', file, '--name', 'x', ...one, '--json')
    expect(JSON.parse(second.out)).toMatchObject({
      accounts: ['111122223333', '444455556666'],
      token: expect.stringMatching(/^ot-/),
      expiresTime: null,
    })
    const { out } = await offtrail('list', '--tokens', file)
    expect(out).toMatch(
      new RegExp(`${id} +grafana +all +read +2026-06-01T00:00:00Z +2026-07-01T00:00:00Z`),
    )
    expect(out).toMatch(/x +111122223333 444455556666 .* never/)
    const listed = JSON.parse((await offtrail('--tokens', file, '--json')).out)
    expect(Object.keys(listed[0])).not.toContain('sha256')
  })

  it('ends a token, which a server that runs knows at once', async () => {
    const file = path('revoked.json')
    const made = await offtrail('create', '--tokens', file, '--name', 'x', '--json')
    const { id } = JSON.parse(made.out)
    const tokens = watchKeyFile(file, API_TOKEN_FILE)
    expect(tokens()).toHaveLength(1)
    expect((await offtrail('revoke', id, '--tokens', file)).code).toBe(0)
    expect(tokens()).toEqual([])
    expect((await offtrail('revoke', id, '--tokens', file)).code).toBe(4)
  })

  it('refuses a file that others may read, and one that holds something else', async () => {
    const file = path('open.json')
    await offtrail('create', '--tokens', file, '--name', 'x')
    chmodSync(file, 0o640)
    expect(await offtrail('list', '--tokens', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`chmod 600 ${file}`),
    })
    chmodSync(file, 0o600)
    const text = readFileSync(file, 'utf8')
    for (const wrong of [
      '{',
      '{"tokens":[{}]}',
      text.replace(/"sha256": ".*"/, '"sha256": ""'),
      text.replace('"read"', '"root"'),
    ]) {
      writeFileSync(file, wrong)
      expect(await offtrail('list', '--tokens', file)).toMatchObject({ code: 2 })
    }
    expect((await offtrail('create', '--tokens', file)).code).toBe(2)
  })
})

describe('the scope of a token', () => {
  it('contains those before it', async () => {
    const file = path('scopes.json')
    for (const scope of [[], ['--write'], ['--admin'], ['--write', '--admin']]) {
      await offtrail('create', '--tokens', file, '--name', 'x', ...scope)
    }
    const { out } = await offtrail('list', '--tokens', file)
    const may = out.split('\n').map((line) => / all +(read.*?) +2026/.exec(line)?.[1] ?? '')
    expect(may.filter((words) => words !== '')).toEqual([
      'read',
      'read, write',
      'read, write, admin',
      'read, write, admin',
    ])
  })

  it('is what it might do, where it was made before there were scopes', async () => {
    const file = path('older.json')
    await offtrail('create', '--tokens', file, '--name', 'reads')
    await offtrail('create', '--tokens', file, '--name', 'writes', '--write')
    const text = readFileSync(file, 'utf8')
    writeFileSync(
      file,
      text
        .replace('"scope": "read"', '"mayWrite": false')
        .replace('"scope": "write"', '"mayWrite": true'),
    )
    await offtrail('create', '--tokens', file, '--name', 'new')
    const written = readFileSync(file, 'utf8')
    expect(written).not.toContain('mayWrite')
    expect(JSON.parse(written).tokens).toMatchObject(
      ['read', 'write', 'read'].map((scope) => ({ scope })),
    )
  })
})
