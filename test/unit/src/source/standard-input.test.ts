import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { SourceObject, Unreadable } from '../../../../src/source/source.ts'
import { standardInput } from '../../../../src/source/standard-input.ts'

async function onlyObject(stream: Readable): Promise<SourceObject> {
  const entries: (SourceObject | Unreadable)[] = []
  for await (const entry of standardInput(stream).list()) entries.push(entry)
  const [object] = entries
  if (entries.length !== 1 || object?.kind !== 'object') throw new Error('expected one object')
  return object
}

async function textOf(object: SourceObject): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of object.open()) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('standardInput', () => {
  it('is one object that is never skipped', async () => {
    const object = await onlyObject(Readable.from([]))
    expect(object).toMatchObject({ source: 'stdin', key: 'stdin', version: null, size: null })
  })

  it('gives all bytes, even of a stream that speaks text', async () => {
    const bytes = Readable.from([Buffer.from('{"a"'), Buffer.from(':1}')])
    expect(await textOf(await onlyObject(bytes))).toBe('{"a":1}')
    const spoken = Readable.from([Buffer.from('ü')]).setEncoding('utf8')
    expect(await textOf(await onlyObject(spoken))).toBe('ü')
  })

  it('refuses to be read twice, as the bytes are gone', async () => {
    const object = await onlyObject(Readable.from([Buffer.from('x')]))
    await textOf(object)
    await expect(textOf(object)).rejects.toThrow('only once')
  })

  it('passes on the error of a stream that breaks', async () => {
    const stream = new Readable({ read: () => stream.destroy(new Error('EPIPE')) })
    await expect(textOf(await onlyObject(stream))).rejects.toThrow('EPIPE')
  })
})
