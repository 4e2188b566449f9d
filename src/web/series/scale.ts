import type uPlot from 'uplot'
import { numberText } from '../state/words.ts'

/**
 * How counts stand over each other. Logarithmic is the inverse hyperbolic sine: as the logarithm from a few calls on, and straight
 * below, so that none at all has its place at the bottom.
 */
export function countScale(scale: string | null): uPlot.Scale {
  const range: uPlot.Scale.Range = (_plot, _least, most) => {
    const top = Math.max(1, most ?? 1)
    return [0, scale === 'log' ? top * 1.5 : top * 1.08]
  }
  return scale === 'log' ? { range, distr: 4, asinh: 1 } : { range }
}

/** What the axis of counts differs in. */
export function countAxis(scale: string | null): uPlot.Axis {
  if (scale !== 'log') return { size: 56 }
  return {
    size: 56,
    splits: (_plot, _axis, _least, most) => [...logSplits(most)],
    filter: (_plot, splits) => splits,
    values: (_plot, splits) => splits.map(numberText),
  }
}

/** 0, 1, 10, … up to `most`, with 2 and 5 between where there is room. */
export function logSplits(most: number): readonly number[] {
  const steps = most > 1_000 ? [1] : [1, 2, 5]
  const decades = Array.from({ length: Math.ceil(Math.log10(Math.max(1, most))) + 1 }, (_, at) =>
    steps.map((step) => step * 10 ** at),
  )
  return [0, ...decades.flat().filter((split) => split <= most)]
}
