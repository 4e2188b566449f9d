/** Text of so many UTF-16 units at most, with an ellipsis where something was cut off; no character is cut through. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const characters = [...text.slice(0, most - 1)]
  // The half of a character that was cut through.
  if (/[\uD800-\uDBFF]$/.test(characters.at(-1) ?? '')) characters.pop()
  return `${characters.join('')}…`
}
