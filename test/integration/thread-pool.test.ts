import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { TrailReader } from '../../src/event/trail-reader.ts'
import { ThreadPool } from '../../src/pipeline/reading/thread-pool.ts'
import { readBytes } from '../../src/source/local/read-bytes.ts'
import { localFiles } from '../../src/source/local-files.ts'
import { contentsOf } from '../support/call-rows.ts'
import { FILE_LIMITS } from '../support/file-limits.ts'
import { entriesOf, FIXTURE_TRAILS, temporaryFolder, written } from '../support/pipeline-world.ts'
import { recordsText, trailRecord } from '../support/trail-records.ts'

const context = { account: null, stampMs: null, limits: FILE_LIMITS }

function poolOf(changes: Partial<ConstructorParameters<typeof ThreadPool>[0]> = {}): ThreadPool {
  const pool = new ThreadPool({ threadCount: 2, onAlive: () => {}, ...changes })
  onTestFinished(() => pool.close())
  return pool
}

async function objectsOf(path: string) {
  const entries = await entriesOf(localFiles([path]))
  return entries.filter((entry) => entry.kind === 'object')
}

/** A thread of its own code, and a file for it to read. */
async function odd(code: string) {
  const folder = temporaryFolder()
  const thread = pathToFileURL(written(join(folder, 'thread.mjs'), code))
  const [object] = await objectsOf(written(join(folder, 'trail.json'), '{"Records":[]}'))
  const latin1 = object?.place?.latin1 ?? ''
  return { pool: poolOf({ code: thread }), order: { place: { latin1, follow: false }, context } }
}

describe('ThreadPool', () => {
  it('reads every published trail to the table that a reader gives', async () => {
    const pool = poolOf()
    const reader = new TrailReader()
    const objects = await objectsOf(FIXTURE_TRAILS)
    const tables = await Promise.all(
      objects.map(({ place, size }) =>
        pool.read({ place: place ?? { latin1: '', follow: false }, context }, size ?? 0),
      ),
    )
    for (const [at, object] of objects.entries()) {
      const { file, takings } = await reader.read(object.open(), context)
      expect(tables[at]?.file).toEqual(file)
      if (tables[at] !== undefined && file.outcome === 'done')
        expect(contentsOf(tables[at].takings)).toEqual(contentsOf(takings))
    }
  }, 60_000)

  it('tells of a file that is gone as a reader does, and goes on', async () => {
    const folder = temporaryFolder()
    const path = written(
      join(folder, 'trail.json.gz'),
      gzipSync(recordsText(JSON.stringify(trailRecord(1)))),
    )
    const pool = poolOf({ threadCount: 1 })
    const read = (latin1: string) => pool.read({ place: { latin1, follow: false }, context }, 100)
    const [gone, there] = await Promise.all([read(join(folder, 'gone')), read(path)])
    expect(gone.file).toMatchObject({ outcome: 'failed', code: 'READ_FAILED' })
    expect(there.file).toMatchObject({ outcome: 'done', records: 1 })
  })

  it('ends with WORKER_LOST, naming the file, where a thread ends by itself', async () => {
    const { pool, order } = await odd(`
      import { parentPort } from 'node:worker_threads'
      parentPort.on('message', () => process.exit(3))
    `)
    await expect(pool.read(order, 1)).rejects.toMatchObject({
      code: 'WORKER_LOST',
      message: expect.stringMatching(/while it read .*trail\.json: it ended with code 3/),
    })
    await expect(pool.read(order, 1)).rejects.toMatchObject({ code: 'WORKER_LOST' })
  })

  it('ends with WORKER_LOST where a thread cannot begin', async () => {
    const { pool, order } = await odd('throw new Error("no room")')
    await expect(pool.read(order, 1)).rejects.toMatchObject({
      code: 'WORKER_LOST',
      message: expect.stringContaining('no room'),
    })
  })

  it('passes on a bug met while reading', async () => {
    const { pool, order } = await odd(`
      import { parentPort } from 'node:worker_threads'
      parentPort.on('message', () =>
        parentPort.postMessage({ kind: 'broken', error: new RangeError('a bug') }))
    `)
    await expect(pool.read(order, 1)).rejects.toThrow('a bug')
  })

  it('ends with what a sign of life meets', async () => {
    const [object] = await objectsOf(
      written(join(temporaryFolder(), 'trail.json'), '{"Records":[]}'),
    )
    const pool = poolOf({
      onAlive: () => {
        throw new Error('lost the lock')
      },
    })
    const place = object?.place ?? { latin1: '', follow: false }
    await pool.read({ place, context }, 1)
    await expect(pool.read({ place, context }, 1)).rejects.toThrow('lost the lock')
  })
})

describe('what threads have not begun with', () => {
  it('is given back, first come first', async () => {
    const { pool, order } = await odd(`
      import { parentPort } from 'node:worker_threads'
      parentPort.on('message', () => {})
    `)
    const MEBIBYTE = 1024 * 1024
    const tables = Array.from({ length: 6 }, () => pool.read(order, MEBIBYTE))
    // Each of the two threads has one that it reads and one to go on with.
    const [fifth, sixth] = [pool.takeBack(), pool.takeBack()]
    expect(pool.takeBack()).toBeNull()
    const table = await new TrailReader().read(readBytes(order.place), context)
    sixth?.take(table)
    expect(await tables[5]).toBe(table)
    fifth?.take(table)
    expect(await tables[4]).toBe(table)
  })

  it('is left where threads have enough: several orders of small files, or two', async () => {
    const handedOn = async (files: number, bytes: number): Promise<number> => {
      const { pool, order } = await odd(`
        import { parentPort } from 'node:worker_threads'
        parentPort.on('message', () => {})
      `)
      for (let file = 0; file < files; file++) pool.read(order, bytes).catch(() => {})
      let left = 0
      while (pool.takeBack() !== null) left += 1
      return files - left
    }
    // Each of the two threads: two files at once, then six times sixteen.
    expect(await handedOn(400, 1024)).toBe(2 * (2 + 6 * 16))
    // As long as they are fewer than would go together, two.
    expect(await handedOn(19, 1024)).toBe(4)
    // Two that are large are enough.
    expect(await handedOn(400, 2 * 1024 * 1024)).toBe(4)
  })
})
