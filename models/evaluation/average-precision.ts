/**
 * Average precision: the area under the precision-recall curve of a ranking, as a step function (Manning, Raghavan, Schütze,
 * Introduction to Information Retrieval, §8.4). `ranked` has, best first, the labels that each reported thing found; a label
 * counts where it is first found. 0 to 1; null where nothing is labelled.
 * @example
 * averagePrecision([[0], [], [1]], 2) // => 0.8333333333333333
 */
export function averagePrecision(
  ranked: readonly (readonly number[])[],
  labelled: number,
): number | null {
  if (labelled === 0) return null
  const found = new Set<number>()
  let right = 0
  let area = 0
  for (const [place, labels] of ranked.entries()) {
    if (labels.length > 0) right += 1
    const before = found.size
    for (const label of labels) found.add(label)
    area += ((found.size - before) / labelled) * (right / (place + 1))
  }
  return area
}
