import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localFiles } from '../../../../src/source/local-files.ts'
import type { SourceObject, Unreadable } from '../../../../src/source/source.ts'
import { entriesOf } from '../../../support/pipeline-world.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'local-files-'))
  chmodSync(root, 0o755)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(name: string, content: string | Buffer = name): string {
  const path = join(root, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

async function listed(...paths: string[]): Promise<readonly (SourceObject | Unreadable)[]> {
  return entriesOf(localFiles(paths))
}

async function only(...paths: string[]): Promise<SourceObject> {
  const [entry, second] = await listed(...paths)
  if (entry?.kind !== 'object' || second !== undefined) throw new Error('expected one object')
  return entry
}

const names = (entries: readonly { readonly key: string }[]): readonly string[] =>
  entries.map(({ key }) => relative(root, key))

async function chunksOf(object: SourceObject): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of object.open()) chunks.push(chunk)
  return chunks
}

/** Root may read everything: what is asked of permissions is asked as somebody else. */
async function asNobody<Result>(ask: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return ask()
  process.seteuid?.(65_534)
  try {
    return await ask()
  } finally {
    process.seteuid?.(0)
  }
}

describe('localFiles in folders', () => {
  it('lists the files of a tree, each folder before what is below it, by name', async () => {
    for (const name of ['b.json', 'a.json', 'sub/deep/c.json', 'sub/d.json', 'more/e.json'])
      put(name)
    const order = ['a.json', 'b.json', 'more/e.json', 'sub/d.json', 'sub/deep/c.json']
    expect(names(await listed(root))).toEqual(order)
  })

  it('leaves out names that start with a dot, but not where one is named', async () => {
    const hidden = put('.git/config')
    put('.hidden')
    put('seen')
    expect(names(await listed(root))).toEqual(['seen'])
    expect(names(await listed(hidden))).toEqual(['.git/config'])
  })

  it('lists a file once that is below two of the paths named', async () => {
    put('a/one')
    const two = put('a/b/two')
    const found = names(await listed(root, join(root, 'a'), two, `${root}/a/`))
    expect([...found].sort()).toEqual(['a/b/two', 'a/one'])
  })

  it('lists and reads more files in a folder than are looked at together', async () => {
    for (let count = 0; count < 200; count += 1) put(`many/${count}`)
    const found = await listed(root)
    expect(new Set(names(found)).size).toBe(200)
  })

  it('finds nothing in an empty folder', async () => {
    expect(await listed(root)).toEqual([])
  })

  it('reads a file whose name is not UTF-8, and finds it again by its key', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe])]), 'odd')
    const object = await only(root)
    expect(object.key).toMatch(/^file:\/\/\/.*%FF%FE$/)
    expect(Buffer.concat(await chunksOf(object)).toString()).toBe('odd')
    expect(Buffer.concat(await chunksOf(await only(object.key))).toString()).toBe('odd')
  })

  it('knows account, Region and delivery of files in the layout of S3', async () => {
    const file = '123456789012_CloudTrail_eu-west-1_20230710T1240Z_C1qUFaqvZS64BcIN.json.gz'
    put(`AWSLogs/123456789012/CloudTrail/eu-west-1/2023/07/10/${file}`)
    expect((await only(root)).name).toMatchObject({ account: '123456789012', region: 'eu-west-1' })
  })
})

describe('localFiles of a time of delivery', () => {
  const span = { fromMs: Date.parse('2026-03-31T12:00Z'), untilMs: Date.parse('2026-04-01') }
  const file = (stamp: string) => `123456789012_CloudTrail_eu-west-1_${stamp}_C1qUFaqvZS64BcIN.json`
  const folder = (date: string) => `AWSLogs/123456789012/CloudTrail/eu-west-1/${date}`
  async function delivered(...paths: string[]): Promise<readonly string[]> {
    return names(await entriesOf(localFiles(paths, span)))
  }

  it('lists those files, late ones of the last day, and what has another name', async () => {
    const stamps = ['20260331T1155Z', '20260331T1200Z', '20260402T2355Z', '20260403T0000Z']
    for (const stamp of stamps) put(`flat/${file(stamp)}`)
    put('flat/other.json')
    const kept = ['20260331T1200Z', '20260402T2355Z'].map((stamp) => `flat/${file(stamp)}`)
    expect(await delivered(join(root, 'flat'))).toEqual([...kept, 'flat/other.json'])
    const named = stamps.map((stamp) => join(root, 'flat', file(stamp)))
    expect(await delivered(...named)).toEqual(kept)
  })

  it('passes over other days without looking into them', async () => {
    const early = join(root, folder('2026/03/30'))
    for (const date of ['2025/03/31', '2026/03/30', '2026/03/31', '2026/04/02', '2026/04/03'])
      put(`${folder(date)}/kept.json`)
    chmodSync(early, 0o700)
    const found = await asNobody(() => delivered(root))
    expect(found).toEqual(['2026/03/31', '2026/04/02'].map((date) => `${folder(date)}/kept.json`))
    expect(await asNobody(() => listed(root))).toContainEqual(
      expect.objectContaining({ kind: 'unreadable', key: early }),
    )
  })

  it('counts no other files either', async () => {
    put(`${folder('2026/03/30')}/${file('20260330T0000Z')}`)
    put(`${folder('2026/04/01')}/${file('20260401T0000Z')}`, '12345')
    expect(await localFiles([root], span).totals()).toEqual({ objectCount: 1, bytes: 5 })
  })
})

describe('localFiles and symbolic links', () => {
  it('follows a link that is named, to a file or a folder', async () => {
    put('real/a')
    symlinkSync(join(root, 'real'), join(root, 'folder-link'))
    symlinkSync(join(root, 'real/a'), join(root, 'file-link'))
    expect(names(await listed(join(root, 'folder-link')))).toEqual(['folder-link/a'])
    const object = await only(join(root, 'file-link'))
    expect(Buffer.concat(await chunksOf(object)).toString()).toBe('real/a')
  })

  it('follows a link in a folder to a file below the root, and reads its target', async () => {
    put('.data/a', 'target')
    symlinkSync('.data/a', join(root, 'link'))
    const object = await only(root)
    expect(names([object])).toEqual(['link'])
    expect(Buffer.concat(await chunksOf(object)).toString()).toBe('target')
  })

  it('does not leave the folder by a link, walk in circles or trip over a dangling one', async () => {
    mkdirSync(join(root, 'logs'))
    put('logs-beside/secret')
    symlinkSync('../logs-beside/secret', join(root, 'logs/out'))
    symlinkSync('../logs-beside', join(root, 'logs/out-folder'))
    symlinkSync('.', join(root, 'logs/circle'))
    symlinkSync('loop', join(root, 'logs/loop'))
    symlinkSync('nowhere', join(root, 'logs/dangling'))
    const found = await listed(join(root, 'logs'))
    const left = ['logs/dangling', 'logs/loop', 'logs/out', 'logs/out-folder']
    expect(names(found)).toEqual(left)
    expect(new Set(found.map((entry) => 'code' in entry && entry.code))).toEqual(
      new Set(['NOT_A_REGULAR_FILE']),
    )
  })
})

describe('localFiles and what cannot be read', () => {
  it('never waits on a FIFO, named or met, even one that takes the place of a file', async () => {
    const path = join(root, 'fifo')
    execFileSync('mkfifo', [path])
    put('regular')
    const [fifo, regular] = await listed(root)
    expect(fifo).toMatchObject({ kind: 'unreadable', key: path, code: 'NOT_A_REGULAR_FILE' })
    expect(await listed(path)).toEqual([fifo])
    if (regular?.kind !== 'object') throw new Error('expected the regular file')
    rmSync(regular.key)
    execFileSync('mkfifo', [regular.key])
    await expect(chunksOf(regular)).rejects.toThrow('no longer a regular file')
  })

  it('says of a socket and a device what they are', async () => {
    const server = createServer().listen(join(root, 'socket'))
    await new Promise((resolve) => server.once('listening', resolve))
    const [socket] = await listed(root)
    const [device] = await listed('/dev/null')
    server.close()
    expect(socket).toMatchObject({ code: 'NOT_A_REGULAR_FILE', message: /^a socket/ })
    expect(device).toMatchObject({ code: 'NOT_A_REGULAR_FILE', message: /^a device/ })
  })

  it('lists files and folders without permission as such and goes on', async () => {
    chmodSync(put('closed-file'), 0o200)
    put('closed-folder/a')
    chmodSync(join(root, 'closed-folder'), 0)
    put('open')
    const found = await asNobody(() => listed(root, join(root, 'closed-folder/a')))
    chmodSync(join(root, 'closed-folder'), 0o755)
    const refused = found.filter((entry) => entry.kind === 'unreadable')
    expect(refused.map(({ code }) => code)).toEqual(Array(3).fill('NO_PERMISSION'))
    const left = ['closed-file', 'open', 'closed-folder', 'closed-folder/a']
    expect(names(found)).toEqual(left)
  })

  it.each(['', 'nothing', 'file/below'])(
    'throws INPUT_NOT_FOUND for "%s" before any entry',
    async (name) => {
      put('file')
      const missing = name === '' ? '' : join(root, name)
      const listing = localFiles([root, missing]).list()[Symbol.asyncIterator]()
      await expect(listing.next()).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' })
    },
  )

  it('says how far a path exists', async () => {
    const missing = join(root, 'a', 'b')
    await expect(listed(missing)).rejects.toThrow(`the path exists as far as ${root}`)
  })

  it('rejects with the error of the operating system where a file is gone', async () => {
    const path = put('short-lived')
    const object = await only(root)
    rmSync(path)
    await expect(chunksOf(object)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('the objects of localFiles', () => {
  it.each([0, 1, 262_144, 1_048_576])('come in at most one piece with %d bytes', async (size) => {
    put('a', Buffer.alloc(size, 7))
    const chunks = await chunksOf(await only(root))
    expect(chunks).toHaveLength(size === 0 ? 0 : 1)
    expect(Buffer.concat(chunks).equals(Buffer.alloc(size, 7))).toBe(true)
  })

  it('come in chunks of 256 KB beyond 1 MB, each its own memory', async () => {
    const content = Buffer.from('0123456789abc'.repeat(100_000))
    put('a', content)
    const chunks = await chunksOf(await only(root))
    expect(chunks.map(({ length }) => length)).toEqual([...Array(4).fill(262_144), 251_424])
    expect(Buffer.concat(chunks).equals(content)).toBe(true)
  })

  it('have a version that changes with the size and with the time of change', async () => {
    const path = put('a', 'x')
    utimesSync(path, 1000, 1000.5)
    const { version } = await only(root)
    expect(version).toBe('1-1000500000000')
    utimesSync(path, 1000, 1000.25)
    expect((await only(root)).version).not.toBe(version)
  })

  it('are counted without being read', async () => {
    put('a', 'xx')
    put('b/c', 'yyy')
    execFileSync('mkfifo', [join(root, 'fifo')])
    expect(await localFiles([root]).totals()).toEqual({ objectCount: 2, bytes: 5 })
  })
})
