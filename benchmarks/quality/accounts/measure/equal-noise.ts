/** Rounds of halving: enough to tell any two incidents apart. */
const ROUNDS = 30

/**
 * The knob at which a rule makes as many incidents as asked, or the next fewer there are. `noiseAt`
 * falls as the knob rises.
 */
export function equalNoise(
  noiseAt: (knob: number) => number,
  asked: number,
  { low, high }: { readonly low: number; readonly high: number },
): number {
  let [from, until] = [low, high]
  for (let round = 0; round < ROUNDS; round++) {
    const middle = Math.sqrt(from * until)
    if (noiseAt(middle) > asked) from = middle
    else until = middle
  }
  return until
}
