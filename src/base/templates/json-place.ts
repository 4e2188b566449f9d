/** Where a text of JSON breaks off: inside a string or not, and there behind a backslash or not. */
export interface JsonPlace {
  readonly inString: boolean
  readonly isEscaped: boolean
}

/** Before its first character. */
export const START: JsonPlace = { inString: false, isEscaped: false }

/** Where a text breaks off that goes on from a place. */
export function placeAfter(text: string, { inString, isEscaped }: JsonPlace): JsonPlace {
  let place = { inString, isEscaped }
  for (const character of text) {
    const isQuote = character === '"' && !place.isEscaped
    place = {
      inString: place.inString !== isQuote,
      isEscaped: place.inString && character === '\\' && !place.isEscaped,
    }
  }
  return place
}
