import { parentPort } from 'node:worker_threads'
import { TrailReader, type TrailTable } from '../../event/trail-reader.ts'
import { readBytes, readSmall } from '../../source/local/read-bytes.ts'
import type { FileOrder, ThreadReply } from './messages.ts'
import { TablePacker } from './packed-tables.ts'

/** How often a thread that reads says that it lives. */
const SIGN_MS = 1000

const reader = new TrailReader()
const packer = new TablePacker()
let signMs = performance.now()
let last = Promise.resolve()

// One order after the other: a reader reads one file at a time.
parentPort?.on('message', (files: readonly FileOrder[]) => {
  last = last.then(() => answer(files))
})

async function answer(files: readonly FileOrder[]): Promise<void> {
  try {
    const read: TrailTable[] = []
    for (const file of files) read.push(await tableOf(file))
    const tables = packer.pack(read)
    reply({ kind: 'read', tables }, [tables.words.buffer])
  } catch (error) {
    reply({ kind: 'broken', error })
  }
}

async function tableOf({ place, context }: FileOrder): Promise<TrailTable> {
  if (performance.now() - signMs > SIGN_MS) reply({ kind: 'alive' })
  const stored = readSmall(place)
  const table = stored === null ? null : reader.readAtOnce(stored, context)
  return table ?? (await reader.read(watched(readBytes(place)), context))
}

async function* watched(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (performance.now() - signMs > SIGN_MS) reply({ kind: 'alive' })
    yield chunk
  }
}

function reply(message: ThreadReply, moved: readonly ArrayBuffer[] = []): void {
  signMs = performance.now()
  parentPort?.postMessage(message, moved)
}
