/** A copy that does not keep the whole piece of text alive that it was cut from. */
export function owned(text: string): string {
  return Buffer.from(text).toString()
}
