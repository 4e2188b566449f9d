/** Whether a text is what a selector asks for: one that names no pattern asks for all, and no pattern for what is not known. */
export function fits(pattern: string | undefined, text: string | null): boolean {
  return pattern === undefined || (text !== null && matchesGlob(pattern, text))
}

/**
 * Whether a text matches a pattern whole: `*` stands for anything, `?` for one character, letters match in either case. Takes as
 * many steps as the two are long, multiplied, at most: no pattern makes it hang.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase()
  const given = text.toLowerCase()
  let at = 0
  let place = 0
  let star = -1
  let retry = 0
  while (at < given.length) {
    if (wanted[place] === '*') {
      star = place
      place += 1
      retry = at
    } else if (wanted[place] === '?' || wanted[place] === given[at]) {
      place += 1
      at += 1
    } else if (star >= 0) {
      retry += 1
      at = retry
      place = star + 1
    } else return false
  }
  while (wanted[place] === '*') place += 1
  return place === wanted.length
}
