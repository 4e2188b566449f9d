import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeOldDrafts, writeAtomically } from '../../../src/sink/file.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'offtrail-file-'))
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

describe('writeAtomically', () => {
  it('writes the same where it need not wait for the disk', async () => {
    await writeAtomically(join(root, 'quick', 'text.txt'), 'first', { durable: false })
    await writeAtomically(join(root, 'quick', 'text.txt'), 'second', { durable: false })
    expect(readFileSync(join(root, 'quick', 'text.txt'), 'utf8')).toBe('second')
    expect(readdirSync(join(root, 'quick'))).toEqual(['text.txt'])
  })

  it('writes text and bytes, makes missing folders and leaves no draft behind', async () => {
    await writeAtomically(join(root, 'a', 'b', 'text.txt'), 'Zoë')
    await writeAtomically(join(root, 'a', 'b', 'bytes.bin'), new Uint8Array([0, 255]))
    expect(readFileSync(join(root, 'a', 'b', 'text.txt'), 'utf8')).toBe('Zoë')
    expect([...readFileSync(join(root, 'a', 'b', 'bytes.bin'))]).toEqual([0, 255])
    expect(readdirSync(join(root, 'a', 'b')).sort()).toEqual(['bytes.bin', 'text.txt'])
  })

  it('replaces what was there in one step: a reader of the old file keeps reading it', async () => {
    const path = join(root, 'report.txt')
    writeFileSync(path, 'old and longer')
    const hardLink = join(root, 'reader.txt')
    execFileSync('ln', [path, hardLink])
    await writeAtomically(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(readFileSync(hardLink, 'utf8')).toBe('old and longer')
  })

  it('writes through a link, which keeps pointing where it points', async () => {
    const target = join(root, 'target.txt')
    writeFileSync(target, 'old')
    symlinkSync(target, join(root, 'link.txt'))
    await writeAtomically(join(root, 'link.txt'), 'new')
    expect(readFileSync(target, 'utf8')).toBe('new')
  })

  it('writes into a FIFO instead of replacing it', async () => {
    const pipe = join(root, 'pipe')
    execFileSync('mkfifo', [pipe])
    const [text] = await Promise.all([
      import('node:fs/promises').then(({ readFile }) => readFile(pipe, 'utf8')),
      writeAtomically(pipe, 'through'),
    ])
    expect(text).toBe('through')
    expect(readdirSync(root)).toEqual(['pipe'])
  })

  it('faults with the path and the reason where it cannot write', async () => {
    const blocked = join(root, 'a-file')
    writeFileSync(blocked, '')
    const path = join(blocked, 'inside.txt')
    await expect(writeAtomically(path, 'x')).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining(path),
    })
  })

  it.skipIf(!existsSync('/dev/full'))(
    'faults when the disk is full, and leaves a device a device',
    async () => {
      await expect(writeAtomically('/dev/full', 'x')).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
        message: expect.stringContaining('ENOSPC'),
      })
      expect(statSync('/dev/full').isCharacterDevice()).toBe(true)
    },
  )

  it('faults on a folder, and says what is needed', async () => {
    await expect(writeAtomically(root, 'x')).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining('a file name is needed'),
    })
    expect(readdirSync(root)).toEqual([])
  })
})

describe('removeOldDrafts', () => {
  const HOUR_MS = 3_600_000
  const drafts = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.tmp'))

  it('removes what a crash left, but neither a draft being written nor the file of anybody else', async () => {
    const nowMs = Date.now()
    const old = new Date(nowMs - 2 * HOUR_MS)
    const named = (id: string) => `.offtrail-${id}.tmp`
    const names = [
      named('0b9f7c1e-0000-4000-8000-000000000001'),
      named('0b9f7c1e-0000-4000-8000-000000000002'),
      'notes.tmp',
    ]
    for (const name of names) writeFileSync(join(root, name), 'half')
    for (const name of [names[0], names[2]]) utimesSync(join(root, name ?? ''), old, old)
    await removeOldDrafts(root, nowMs)
    expect(drafts(root).sort()).toEqual([names[1], names[2]])
  })

  it('has nothing to do where there is no folder', async () => {
    await expect(removeOldDrafts(join(root, 'none'), 0)).resolves.toBeUndefined()
  })
})
