/** A small edit of one file of the models: `from` is found in it exactly once. */
export interface Edit {
  /** Under `models/`. */
  readonly file: string
  readonly from: string
  readonly to: string
}

/** Our model with one of its parts left out, by editing a copy of it: the product knows no switches. */
export interface Ablation {
  readonly name: string
  readonly edits: readonly Edit[]
}

/**
 * The text of a file with one edit made in it.
 * @throws Error where the text to replace is not found exactly once: the models went on without it.
 */
export function applied({ file, from, to }: Edit, text: string): string {
  const [before, after, ...more] = text.split(from)
  if (before !== undefined && after !== undefined && more.length === 0) return before + to + after
  const times = after === undefined ? 'not found' : `found ${more.length + 1} times`
  throw new Error(`${times} in models/${file}: ${from}`)
}
