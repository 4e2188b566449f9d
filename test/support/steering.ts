/** Code points that act on a terminal, or hide or reorder text: `[first, last]`. */
const RANGES = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe007f],
] as const

/** The characters of a text that must not reach a terminal; a surrogate counts only where it stands alone. */
export function steeringIn(text: string): string[] {
  return [...text].filter((character) => {
    const code = character.codePointAt(0) ?? 0
    return RANGES.some(([first, last]) => code >= first && code <= last)
  })
}
