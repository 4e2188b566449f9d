import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { folderShelf } from '../../../../../src/source/digest/folder-shelf.ts'
import { place } from '../../../../support/offtrail.ts'

const { path } = place()
mkdirSync(path('logs', 'AWSLogs', 'a'), { recursive: true })
mkdirSync(path('logs', 'AWSLogs', 'b'))
writeFileSync(path('secret'), 'secret')
writeFileSync(path('logs', 'AWSLogs', 'a', '1.gz'), 'one')
writeFileSync(
  path('logs', 'AWSLogs', 'a', '1.gz.metadata.json'),
  '{"Metadata":{"signature":"ab","n":1}}',
)
writeFileSync(path('logs', 'AWSLogs', 'a', '2.gz'), 'two')
writeFileSync(path('logs', 'AWSLogs', 'a', '2.gz.metadata.json'), 'no JSON')
writeFileSync(path('logs', 'AWSLogs', 'a', '3.gz'), 'three')
writeFileSync(path('logs', 'AWSLogs', 'a', '3.gz.metadata.json'), ' '.repeat(70_000))
symlinkSync(path('secret'), path('logs', 'AWSLogs', 'b', 'link.gz'))

const shelf = await folderShelf(Buffer.from(path('logs')))
const keysOf = async (stretch: Parameters<typeof shelf.keys>[0]) => {
  const found: string[] = []
  for await (const key of shelf.keys(stretch)) found.push(key)
  return found
}

describe('folderShelf', () => {
  it('lists folders and files under keys, but not what was saved beside them', async () => {
    expect(await shelf.folders('AWSLogs/')).toEqual(['AWSLogs/a/', 'AWSLogs/b/'])
    expect(await shelf.folders('none/')).toEqual([])
    const all = ['1', '2', '3'].map((name) => `AWSLogs/a/${name}.gz`)
    expect(await keysOf({ prefix: 'AWSLogs/a/' })).toEqual(all)
    const some = { prefix: 'AWSLogs/a/', startAfter: 'AWSLogs/a/1.gz', end: 'AWSLogs/a/3' }
    expect(await keysOf(some)).toEqual(['AWSLogs/a/2.gz'])
  })

  it('opens a file with the metadata that was saved beside it', async () => {
    const opened = await shelf.open('AWSLogs/a/1.gz')
    expect(opened?.metadata).toEqual({ signature: 'ab' })
    expect((await shelf.open('AWSLogs/a/2.gz'))?.metadata).toEqual({})
    expect((await shelf.open('AWSLogs/a/3.gz'))?.metadata).toEqual({})
  })

  it.each([
    'AWSLogs/none',
    'AWSLogs/a/1.gz/x',
    'AWSLogs/a',
    '../secret',
    'AWSLogs/../../secret',
    '/etc/passwd',
    'a\0b',
  ])('has nothing under %j', async (key) => {
    expect(await shelf.open(key)).toBeNull()
  })

  it('follows no link out of the folder', async () => {
    await expect(shelf.open('AWSLogs/b/link.gz')).rejects.toThrow(/leads out of the folder/)
  })
})
