import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatObjectName, parseObjectName } from '../../../../src/source/object-name.ts'

const text = (pattern: RegExp) => fc.stringMatching(pattern)
const objectName = fc.record({
  account: text(/^\d{12}$/),
  region: text(/^[a-z]{2,4}(-[a-z]{1,10}){1,3}-\d[a-z]?$/),
  folder: fc.constantFrom('CloudTrail', 'CloudTrail-Insight'),
  stampMs: fc
    .integer({ min: Date.UTC(2006, 0), max: Date.UTC(2101, 0) - 1 })
    .map((timeMs) => Math.floor(timeMs / 1000) * 1000),
})
const place = fc.record(
  {
    prefix: text(/^[a-zA-Z0-9/_-]{1,20}$/),
    organization: text(/^o-[a-z0-9]{10,32}$/),
    suffix: text(/^[A-Za-z0-9]{16}$/),
  },
  { requiredKeys: ['suffix'] },
)

describe('parseObjectName', () => {
  it('reads back every name that formatObjectName writes, wherever it is put', () => {
    fc.assert(
      fc.property(objectName, place, (name, where) => {
        expect(parseObjectName(formatObjectName(name, where))).toEqual(name)
      }),
    )
  })

  it('never throws, and reads only real times', () => {
    fc.assert(
      fc.property(text(/^\d{8}T\d{4}(\d{2})?Z$/), (stamp) => {
        const name = parseObjectName(`123456789012_CloudTrail_eu-west-1_${stamp}_abc.json.gz`)
        const digits = stamp.replace(/\D/g, '')
        if (name === null) return
        expect(new Date(name.stampMs).toISOString().replace(/\D/g, '')).toMatch(
          new RegExp(`^${digits}`),
        )
      }),
    )
  })
})
