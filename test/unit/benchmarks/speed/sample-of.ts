import type { Sample } from '../../../../benchmarks/speed/measure/sample.ts'

/** A sample with these figures, and unremarkable others. */
export function sampleOf(figures: Partial<Sample>): Sample {
  return {
    ...{ cpuSeconds: 1, wallSeconds: 1, startSeconds: 0, peakMb: 50, digest: null, figures: {} },
    ...figures,
  }
}
