import { describe, expect, it } from 'vitest'
import { textTable } from '../../../../src/cli/text-table.ts'

describe('textTable', () => {
  const rows = [
    ['ec2', 5],
    ['cloudtrail', 1200],
  ] as const

  it('puts words to the left and numbers to the right, without blanks at the end', () => {
    expect(textTable(['API', 'CALLS', ''], rows, null)).toBe(
      'API         CALLS\nec2             5\ncloudtrail   1200\n',
    )
  })

  it('cuts lines at the width', () => {
    expect(textTable(['API', 'CALLS'], rows, 6)).toBe('API\nec2\ncloudt\n')
  })
})
