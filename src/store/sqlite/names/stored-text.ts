const ESCAPE = '\ufdd0'

/**
 * Text as SQLite can keep it: UTF-8 has no lone surrogates, and JSON may hold them, so they are escaped. Different texts
 * stay different. `textFrom` undoes it.
 */
export function textTo(text: string): string {
  return text.replace(/\ufdd0|\p{Surrogate}/gu, (unit) => {
    return `${ESCAPE}${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** The text that was kept by `textTo`. */
export function textFrom(stored: string): string {
  if (!stored.includes(ESCAPE)) return stored
  return stored.replace(/\ufdd0([0-9a-f]{4})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
}
