import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IncidentMember, incidentsOf } from '../../../../models/detector/incident.ts'

const grid = { windowMinutes: 5 }
const member = (id: string, rest: Partial<IncidentMember> = {}): IncidentMember => ({
  id,
  account: '111122223333',
  principal: 'arn:aws:iam::111122223333:role/Deploy',
  service: 'ec2.amazonaws.com',
  region: 'eu-central-1',
  startWindow: 100,
  endWindow: 110,
  surprise: 3,
  ...rest,
})
const ids = (members: readonly IncidentMember[]): readonly (readonly string[])[] =>
  incidentsOf(members, grid).map((incident) => incident.members.map(({ id }) => id))

describe('incidentsOf', () => {
  it('joins what one principal does across services and Regions', () => {
    const other = member('b', {
      service: 's3.amazonaws.com',
      region: 'us-east-1',
      startWindow: 105,
    })
    const [incident, ...rest] = incidentsOf([member('a'), { ...other, surprise: 8 }], grid)
    expect(rest).toEqual([])
    expect(incident).toMatchObject({ startWindow: 100, endWindow: 110, surprise: 8 })
    expect(incident?.members).toHaveLength(2)
  })

  it('parts principals, and accounts', () => {
    expect(ids([member('a'), member('b', { principal: 'other' })])).toEqual([['a'], ['b']])
    expect(ids([member('a'), member('b', { account: 'other' })])).toEqual([['a'], ['b']])
  })

  it('joins what nobody stands out in by service and Region', () => {
    const nobody = { principal: null }
    expect(ids([member('a', nobody), member('b', nobody)])).toEqual([['a', 'b']])
    expect(ids([member('a', nobody), member('b', { ...nobody, region: 'us-east-1' })])).toEqual([
      ['a'],
      ['b'],
    ])
  })

  it('joins over half an hour and not over more', () => {
    expect(ids([member('a'), member('b', { startWindow: 116, endWindow: 117 })])).toHaveLength(1)
    expect(ids([member('a'), member('b', { startWindow: 117, endWindow: 118 })])).toHaveLength(2)
  })

  it('begins anew after 24 hours, even where the first still goes on', () => {
    const endless = member('a', { endWindow: null })
    expect(ids([endless, member('b', { startWindow: 387, endWindow: 388 })])).toHaveLength(1)
    expect(ids([endless, member('b', { startWindow: 388, endWindow: 389 })])).toHaveLength(2)
    const [incident] = incidentsOf([member('b', { endWindow: 101 }), endless], grid)
    expect(incident?.endWindow).toBeNull()
    expect(incidentsOf([endless, member('b')], grid)[0]?.endWindow).toBeNull()
  })

  it('comes to the same whatever order its members arrive in', () => {
    const any = fc
      .uniqueArray(
        fc.record({
          id: fc.stringMatching(/^[a-f]{1,3}$/),
          startWindow: fc.integer({ min: 0, max: 400 }),
          length: fc.option(fc.integer({ min: 1, max: 60 })),
          principal: fc.constantFrom('x', 'y', null),
        }),
        { selector: ({ id }) => id, maxLength: 25 },
      )
      .map((rows) =>
        rows.map(({ id, startWindow, length, principal }) => {
          const endWindow = length === null ? null : startWindow + length
          return member(id, { startWindow, endWindow, principal })
        }),
      )
    fc.assert(
      fc.property(any, (members) => {
        const found = incidentsOf(members, grid)
        expect(incidentsOf([...members].reverse(), grid)).toEqual(found)
        expect(found.flatMap((incident) => incident.members)).toHaveLength(members.length)
      }),
      { seed: 3 },
    )
  })
})
