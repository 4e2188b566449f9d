import { describe, expect, it } from 'vitest'
import { besideTargets, rateTargets } from '../../../../../benchmarks/speed/chapters/http-lines.ts'
import { rowOf } from '../../../../../benchmarks/speed/measure/interleaved.ts'
import { isMet } from '../../../../../benchmarks/speed/report/target.ts'
import { sampleOf } from '../sample-of.ts'

const row = (figures: Readonly<Record<string, number>>, failure: string | null = null) =>
  rowOf('row', failure === null ? [sampleOf({ figures })] : [], failure)

describe('rateTargets', () => {
  it('asks for half of what a bare route answers', () => {
    const [rate] = rateTargets(row({ perSecond: 60 }), row({ perSecond: 100 }))
    expect(rate).toMatchObject({ measured: 0.6, limit: 0.5, bound: 'least' })
  })

  it('are missed where a row failed', () => {
    const targets = rateTargets(row({}, 'error: 3 answers are wrong'), row({ perSecond: 100 }))
    expect(targets.map(isMet)).toEqual([false, false])
  })
})

describe('besideTargets', () => {
  it('holds pages against /livez of the same row, and slow sockets against none', () => {
    const quiet = row({ pageP99: 10, liveP99: 5 })
    const slow = row({ pageP99: 12, liveP99: 20 })
    const targets = besideTargets({ beside: quiet, inTurn: slow, without: quiet, slow })
    expect(targets.map(({ measured }) => measured)).toEqual([2, 0.6, 1.2, 4, 0])
    expect(targets.map(isMet)).toEqual([true, true, true, false, true])
  })
})
