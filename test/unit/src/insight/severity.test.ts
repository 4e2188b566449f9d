import { expect, it } from 'vitest'
import { severityWord } from '../../../../src/insight/severity.ts'

it.each([
  [0, 'info'],
  [39.99, 'info'],
  [40, 'minor'],
  [64.99, 'minor'],
  [65, 'major'],
  [89.99, 'major'],
  [90, 'critical'],
  [100, 'critical'],
])('calls a severity of %d %s', (severity, word) => {
  expect(severityWord(severity)).toBe(word)
})
