import { describe, expect, it } from 'vitest'
import { figure, rate, textTable } from '../../../../../benchmarks/speed/report/table.ts'

describe('textTable', () => {
  it('is Markdown, words to the left and figures to the right', () => {
    const table = {
      columns: ['who', 'CPU s'],
      rows: [
        ['gunzip alone', '1.20'],
        ['ours', '12.0'],
      ],
    }
    expect(textTable(table)).toBe(
      [
        '| who          | CPU s |',
        '| ------------ | ----: |',
        '| gunzip alone |  1.20 |',
        '| ours         |  12.0 |',
        '',
      ].join('\n'),
    )
  })

  it('leaves the cells empty that a row lacks', () => {
    const table = { columns: ['who', 'CPU s'], rows: [['jq: not there']] }
    expect(textTable(table)).toContain('| jq: not there |       |')
  })
})

describe('figure', () => {
  it.each([
    [0, '0.00'],
    [0.0123, '0.01'],
    [3.456, '3.46'],
    [34.56, '34.6'],
    [345.6, '346'],
    [Number.NaN, '-'],
    [undefined, '-'],
  ])('writes %d as %s', (value, text) => {
    expect(figure(value)).toBe(text)
  })
})

describe('rate', () => {
  it.each([
    [5_432_100, '5.43 M'],
    [54_321, '54.3 k'],
    [54, '54.0'],
    [undefined, '-'],
  ])('writes %d as %s', (value, text) => {
    expect(rate(value)).toBe(text)
  })
})
