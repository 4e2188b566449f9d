import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { ACCESS_KEY_FILE } from '../../src/source/access-keys.ts'
import { watchKeyFile } from '../../src/source/key-file.ts'
import { place, recordingTerminal } from '../support/offtrail.ts'

const { path } = place()

async function offtrail(...args: readonly string[]) {
  const { terminal, said } = recordingTerminal()
  return { code: await runCommandLine(['access-key', ...args], terminal), ...said }
}

describe('offtrail access-key', () => {
  it('makes keys for whoever may read the file alone, and shows a secret once', async () => {
    const file = path('keys.json')
    const made = await offtrail('create', '--access-keys', file, '--account', '111122223333')
    expect(made.code).toBe(0)
    const [, id = '', secret = ''] =
      /aws_access_key_id = (OT[A-Z2-7]{18})\naws_secret_access_key = (\S{40})\n/.exec(made.out) ??
      []
    expect(made.err).toContain(`offtrail serve --access-keys ${file}`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const second = await offtrail('create', '--access-keys', file, '--json')
    expect(JSON.parse(second.out)).toMatchObject({ accounts: 'all' })
    const listed = await offtrail('list', '--access-keys', file)
    expect(listed.out).toContain(`${id}  111122223333  read  2026-06-01T00:00:00Z`)
    expect(`${listed.out}${listed.err}${made.err}`).not.toContain(secret)
    expect(JSON.parse((await offtrail('--access-keys', file, '--json')).out)).toHaveLength(2)
  })

  it('ends a key, which a server that runs knows at once', async () => {
    const file = path('revoked.json')
    const { out } = await offtrail('create', '--access-keys', file, '--json')
    const { accessKeyId } = JSON.parse(out)
    const keys = watchKeyFile(file, ACCESS_KEY_FILE)
    expect(keys().map((key) => key.accessKeyId)).toEqual([accessKeyId])
    expect((await offtrail('revoke', accessKeyId, '--access-keys', file)).code).toBe(0)
    expect(keys()).toEqual([])
    expect((await offtrail('revoke', accessKeyId, '--access-keys', file)).code).toBe(4)
  })

  it('refuses a file that others may read, and one that holds something else', async () => {
    const file = path('open.json')
    await offtrail('create', '--access-keys', file)
    chmodSync(file, 0o644)
    const open = await offtrail('list', '--access-keys', file)
    expect(open).toMatchObject({ code: 2, err: expect.stringContaining(`chmod 600 ${file}`) })
    chmodSync(file, 0o600)
    const text = readFileSync(file, 'utf8')
    for (const wrong of [
      '',
      '{}',
      '{"accessKeys":[{}]}',
      text.replace(/"secretAccessKey": ".*"/, '"secretAccessKey": ""'),
    ]) {
      writeFileSync(file, wrong)
      expect(await offtrail('list', '--access-keys', file)).toMatchObject({ code: 2 })
    }
    expect((await offtrail('list', '--access-keys', path('none.json'))).code).toBe(2)
    expect((await offtrail('list')).code).toBe(2)
  })
})
