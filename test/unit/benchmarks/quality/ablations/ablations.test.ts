import { describe, expect, it } from 'vitest'
import { applied } from '../../../../../benchmarks/quality/ablations/ablation.ts'
import { ABLATIONS } from '../../../../../benchmarks/quality/ablations/ablations.ts'
import { editedModel } from '../../../../../benchmarks/quality/ablations/edited-model.ts'
import { ours } from '../../../../../benchmarks/quality/entrants/ours.ts'
import { eventfulWork } from './eventful-work.ts'

const work = eventfulWork()
const whole = ours().look(work).scores

describe('ABLATIONS', () => {
  it.each(ABLATIONS)(
    '$name scores otherwise than the whole model',
    async (ablation) => {
      const scores = ours(ablation.name, await editedModel(ablation)).look(work).scores
      expect(scores).not.toEqual(whole)
      for (const { calls, errors } of scores)
        expect([...calls, ...errors]).not.toContain(Number.NaN)
    },
    60_000,
  )

  it('has a name of its own for each', () => {
    expect(new Set(ABLATIONS.map(({ name }) => name)).size).toBe(ABLATIONS.length)
  })
})

describe('editedModel', () => {
  it('names the ablation whose edit no longer fits', async () => {
    const edit = { file: 'invariant.ts', from: 'no such text', to: '' }
    await expect(editedModel({ name: 'no-text', edits: [edit] })).rejects.toThrow(
      'ablation no-text: not found in models/invariant.ts: no such text',
    )
  })
})

describe('applied', () => {
  it('replaces what is there once', () => {
    expect(applied({ file: 'one.ts', from: 'a + b', to: 'a' }, 'const c = a + b\n')).toBe(
      'const c = a\n',
    )
  })

  it('refuses what is there twice', () => {
    expect(() => applied({ file: 'one.ts', from: 'a', to: 'b' }, 'a, a')).toThrow(
      'found 2 times in models/one.ts: a',
    )
  })
})
