import { expect, it } from 'vitest'
import { acceptedOf } from '../../../../../src/http/query/accepted.ts'

const OFFERED = ['application/json', 'application/x-ndjson', 'text/csv'] as const

it.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['text/csv', 'text/csv'],
  ['TEXT/CSV; charset=utf-8', 'text/csv'],
  ['text/*', 'text/csv'],
  ['text/csv;q=0.5, application/json', 'application/json'],
  ['application/json;q=0.1, application/x-ndjson;q=0.9', 'application/x-ndjson'],
  ['application/json;q=0, */*', 'application/x-ndjson'],
  ['text/html', 'application/json'],
  ['text/csv;q=0', 'application/json'],
  ['text/csv;q=much', 'text/csv'],
  [',,;q=1,', 'application/json'],
])('Accept %s is answered as %s', (accept, type) => {
  expect(acceptedOf(accept, OFFERED)).toBe(type)
})
