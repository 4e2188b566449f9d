/** A type that an `Accept` header names, and how much it is wanted. */
interface Range {
  readonly type: string
  readonly quality: number
}

/**
 * The one of `offered` that is wanted most (RFC 9110 §12.5.1); the first offered of those wanted alike, and the first of all
 * where none is wanted: an answer in another form is better than none.
 */
export function acceptedOf<Type extends string>(
  accept: string | undefined,
  offered: readonly [Type, ...Type[]],
): Type {
  const ranges = (accept ?? '').split(',').map(rangeOf)
  let best = offered[0]
  let quality = 0
  for (const type of offered) {
    const wanted = qualityOf(type, ranges)
    if (wanted > quality) {
      best = type
      quality = wanted
    }
  }
  return best
}

/** The most exact range decides. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  for (const pattern of [type, type.replace(/\/.*/, '/*'), '*/*']) {
    const range = ranges.find((each) => each.type === pattern)
    if (range !== undefined) return range.quality
  }
  return 0
}

function rangeOf(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const given = parameters.find((each) => each.startsWith('q='))?.slice(2)
  const quality = given === undefined ? 1 : Number(given)
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 1 }
}
