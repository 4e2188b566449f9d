import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesGlob } from '../../../../src/base/glob.ts'

describe('matchesGlob', () => {
  it.each([
    ['ec2:Describe*', 'ec2:DescribeInstances', true],
    ['ec2:describe*', 'EC2:DescribeInstances', true],
    ['ec2:Describe*', 'ec2:RunInstances', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*role/deployer', 'arn:aws:iam::1:role/deployer', true],
    ['*role/deployer', 'arn:aws:iam::1:role/deployer2', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a.c', 'abc', false],
    ['a**', 'a', true],
  ])('%s and %s: %s', (pattern, text, matches) => {
    expect(matchesGlob(pattern, text)).toBe(matches)
  })

  it('is what a regular expression of the same meaning says', () => {
    const letters = (units: string) => fc.array(fc.constantFrom(...units), { maxLength: 8 })
    fc.assert(
      fc.property(letters('ab*?.'), letters('abAB.'), (pattern, text) => {
        const source = pattern
          .map((unit) => ({ '*': '.*', '?': '.', '.': '\\.' })[unit] ?? unit)
          .join('')
        const expected = new RegExp(`^${source}$`, 'i').test(text.join(''))
        expect(matchesGlob(pattern.join(''), text.join(''))).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('does not hang on a pattern of many stars', () => {
    expect(matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(2_000))).toBe(false)
  })
})
