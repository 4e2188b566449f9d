import { describe, expect, it } from 'vitest'
import { Fault } from '../../../../src/base/fault.ts'
import { type Checked, fine, worstOf } from '../../../../src/base/finding.ts'
import { type Look, lookAll } from '../../../../src/cli/checkup.ts'

const of: Checked = { check: 'queue', place: 'sqs' }
const looking = (look: Look['look']): Look => ({ of, look })

describe('lookAll', () => {
  it('gives findings in order, whatever is done first, and fails what takes too long', async () => {
    const counts: number[] = []
    const never = looking(() => new Promise(() => {}))
    const quick = looking(() => [fine(of, 'there')])
    const findings = await lookAll([never, quick], 20, (count) => counts.push(count))
    expect(findings).toMatchObject([
      { check: 'queue', place: 'sqs', state: 'fail', words: 'no answer within 0.02 s' },
      { state: 'ok' },
    ])
    expect([counts, worstOf(findings), worstOf([])]).toEqual([[1, 2], 'fail', 'ok'])
  })

  it('takes a fault for a finding, and any other error for a bug', async () => {
    const fault = looking(() => {
      throw new Fault('INPUT_NOT_FOUND', 'it is gone')
    })
    expect(await lookAll([fault], 1000)).toMatchObject([{ state: 'fail', words: 'it is gone' }])
    const bug = looking(() => Promise.reject(new TypeError('x')))
    await expect(lookAll([bug], 1000)).rejects.toThrow(TypeError)
  })
})
