import type { Readable } from 'node:stream'
import type { Source, SourceObject } from './source.ts'

/** One object: whatever comes through a stream, until it ends. It is never skipped, and can be opened once. */
export function standardInput(stream: Readable): Source {
  const object: SourceObject = {
    kind: 'object',
    source: 'stdin',
    key: 'stdin',
    version: null,
    size: null,
    name: null,
    open: onlyOnce(stream),
  }
  return {
    title: 'standard input',
    async *list() {
      yield object
    },
  }
}

function onlyOnce(stream: Readable): () => AsyncGenerator<Uint8Array> {
  let opened = false
  return async function* open() {
    if (opened) throw new Error('standard input can be read only once')
    opened = true
    for await (const chunk of stream as AsyncIterable<Uint8Array | string>) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    }
  }
}
