import { RARE } from '../draw-errors.ts'
import { chance, pick } from '../random.ts'
import { errorLaws, shareLaw } from '../window-law.ts'
import { type ErrorSite, type Planted, type Slot, scatter } from './site.ts'
import { drawSurprise, extraFor, LEAST_ERRORS } from './strength.ts'

/** More failing calls with one of the usual codes. */
export function plantErrorBurst(site: ErrorSite, slot: Slot): Planted {
  const usual = [...site.truth.shares.keys()].filter((code) => !RARE.includes(code))
  if (usual.length === 0) return null
  return plant(site, slot, { code: pick(site.random, usual), growing: false })
}

/** A share of failing calls that climbs for hours or days. */
export function plantSlowErrorRise(site: ErrorSite, slot: Slot): Planted {
  const usual = [...site.truth.shares.keys()].filter((code) => !RARE.includes(code))
  if (usual.length === 0) return null
  return plant(site, slot, { code: pick(site.random, usual), growing: true })
}

/** Some calls fail with a code that never or hardly occurred before. */
export function plantRareCode(site: ErrorSite, slot: Slot): Planted {
  const hardly = RARE.filter((code) => site.truth.shares.has(code))
  const never = RARE.filter((code) => !site.codes.has(code))
  const code =
    hardly.length > 0 && (never.length === 0 || chance(site.random, 0.5))
      ? pick(site.random, hardly)
      : pick(site.random, never.length > 0 ? never : RARE)
  if (!site.codes.has(code)) site.codes.set(code, new Int32Array(site.calls.length))
  return plant(site, slot, { code, growing: false })
}

function plant(
  site: ErrorSite,
  slot: Slot,
  { code, growing }: { readonly code: string; readonly growing: boolean },
): Planted {
  const { random, timeline, calls, truth, codes } = site
  const { from, until, strength } = slot
  const law = errorLaws(calls, shareLaw(truth, code))(from, until)
  const extra = extraFor(drawSurprise(random, timeline, strength, law), law, LEAST_ERRORS[strength])
  const weights = Float64Array.from(
    calls.subarray(from, until),
    (count, at) => (count + (growing ? 0 : 0.2)) * (growing ? at + 0.5 : 1),
  )
  const total = calls.subarray(from, until).reduce((sum, count) => sum + count, 0)
  if (growing && total < extra * 2) return null
  const failed = new Int32Array(calls.length)
  scatter(random, failed, extra, { from, weights })
  for (let at = from; at < until; at++)
    failMore(site, codes.get(code) as Int32Array, at, failed[at] as number)
  return slot
}

/** Calls that succeeded fail instead; where there are too few, more calls come in and fail. */
function failMore(
  { calls, codes }: ErrorSite,
  errors: Int32Array,
  at: number,
  extra: number,
): void {
  let failing = extra
  for (const counts of codes.values()) failing += counts[at] as number
  errors[at] = (errors[at] as number) + extra
  calls[at] = Math.max(calls[at] as number, failing)
}
