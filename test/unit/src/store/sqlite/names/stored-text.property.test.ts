import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textFrom, textTo } from '../../../../../../src/store/sqlite/names/stored-text.ts'
import { bareDatabase } from '../../../../../support/bare-database.ts'

const hostile = fc
  .array(fc.constantFrom('a', '\0', '\ud800', '\udc00', '\ufdd0', '0041', '\u{1f600}', "'", '%'))
  .map((parts) => parts.join(''))

it('comes back from SQLite as it went in, whatever it holds', () => {
  const db = bareDatabase(':memory:')
  const echo = db.prepare<[string], string>('SELECT ?').pluck()
  fc.assert(
    fc.property(hostile, (text) => {
      expect(textFrom(echo.get(textTo(text)) ?? '')).toBe(text)
    }),
    { seed: 8 },
  )
  db.close()
})

it('leaves ordinary text as it is', () => {
  expect(textTo('RunInstances \u{1f600}')).toBe('RunInstances \u{1f600}')
})
