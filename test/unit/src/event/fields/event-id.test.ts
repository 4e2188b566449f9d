import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { eventIdOf, namedId } from '../../../../../src/event/fields/event-id.ts'

const half = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)

describe('eventIdOf', () => {
  it('writes a GUID as its digits, whatever its case', () => {
    const guid = '8E6FFB2A-af42-47e6-9da9-8d90adbdc937'
    expect(eventIdOf(guid, 'any')).toBe('8e6ffb2aaf4247e69da98d90adbdc937')
  })

  it.each(['EXAMPLE8-9621-4d00-b913-beca2EXAMPLE', '8e6ffb2aaf4247e69da98d90adbdc937', '😀'])(
    'hashes %s, which is no GUID',
    (id) => {
      expect(eventIdOf(id, 'any')).toBe(half(id))
    },
  )

  it.each([undefined, null, '', 7, {}])('hashes the record where the id is %j', (id) => {
    expect(eventIdOf(id, Buffer.from('{"a":1}'))).toBe(half('{"a":1}'))
    expect(eventIdOf(id, '{"a":1}')).toBe(half('{"a":1}'))
  })
})

describe('namedId', () => {
  it.each([undefined, null, '', 7])('names nothing in %j', (id) => {
    expect(namedId(id)).toBeNull()
  })
})
