import type {
  Baseline,
  KeptBaseline,
  ScaleDispersion,
  ScaleFit,
  ShareBaseline,
} from './baseline.ts'
import { LateScale } from './tails.ts'

/**
 * A baseline as it was kept. Its tails were not: they are those of the same baseline learned anew, which is asked for with the
 * first of them, if at all.
 */
export function recalledBaseline(kept: KeptBaseline, anew: () => Baseline): Baseline {
  const { dispersion, share } = kept
  return {
    ...kept,
    dispersion: scalesOf(dispersion, () => anew().dispersion),
    share: share === null ? null : shareOf(share, () => anew().share as ShareBaseline),
  }
}

function shareOf(
  { hourOfDay, dispersion }: NonNullable<KeptBaseline['share']>,
  anew: () => ShareBaseline,
): ShareBaseline {
  return { hourOfDay, dispersion: scalesOf(dispersion, () => anew().dispersion) }
}

function scalesOf(
  kept: readonly ScaleDispersion[],
  anew: () => readonly ScaleFit[],
): readonly ScaleFit[] {
  const scaleAt = (at: number): ScaleFit => anew()[at] as ScaleFit
  return kept.map(
    (scale, at) =>
      new LateScale(scale, { rise: () => scaleAt(at).rise, fall: () => scaleAt(at).fall }),
  )
}
