import { describe, expect, it } from 'vitest'
import { sameAs } from '../../../../../benchmarks/speed/http/expected.ts'

describe('sameAs', () => {
  const page = '{"items":[{"id":"a"}],"nextCursor":"abc.def"}'

  it('takes the same bytes, and nothing but 200', () => {
    expect(sameAs('{"status":"live"}')(200, '{"status":"live"}')).toBe(true)
    expect(sameAs('{"status":"live"}')(503, '{"status":"live"}')).toBe(false)
  })

  it('lets the cursor of a page hold another time', () => {
    expect(sameAs(page)(200, page.replace('abc', 'xyz'))).toBe(true)
  })

  it.each([
    { what: 'another item', body: page.replace('"a"', '"b"') },
    { what: 'a longer cursor', body: page.replace('abc', 'abcd') },
    { what: 'half of a page', body: page.slice(0, 20) },
    { what: 'no body', body: '' },
  ])('refuses $what', ({ body }) => {
    expect(sameAs(page)(200, body)).toBe(false)
  })
})
