/** A severity's word, with a sign that is told apart without its colour. */
export interface Level {
  readonly word: string
  readonly sign: string
  /** Severity at least. */
  readonly least: number
}

/** From the least to the most severe. */
export const LEVELS: readonly Level[] = [
  { word: 'info', sign: '·', least: 0 },
  { word: 'minor', sign: '▪', least: 40 },
  { word: 'major', sign: '▲', least: 65 },
  { word: 'critical', sign: '◆', least: 90 },
]

/** The level of a severity of 0 to 100. */
export function levelOf(severity: number): Level {
  return LEVELS.findLast(({ least }) => severity >= least) ?? (LEVELS[0] as Level)
}

/** The least severity that a word lets through; 0 for none. */
export function leastOf(word: string | null): number {
  return LEVELS.find((level) => level.word === word)?.least ?? 0
}
