/** Invisible or steering characters: controls, formats (bidi, zero width, tags), lone surrogates, line separators, blank fillers. */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{115F}\u{1160}\u{3164}\u{FFA0}\u{2060}-\u{206F}\u{E0000}-\u{E0FFF}]|\u{34F}|\u{17B4}|\u{17B5}/gu

/** What spreadsheets take for the start of a formula; the last four are full-width forms. */
const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

/**
 * Foreign text for human eyes: what could steer a terminal, hide or reorder text becomes `\u{…}` in
 * hexadecimal. Line breaks and tabs are among it, so a value stays on its line.
 */
export function safe(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${hexOf(character)}}`)
}

/**
 * JSON text that is safe to print as well: the same characters as in `safe`, escaped as `\uXXXX`, so it
 * parses to exactly the same value. On one line, or indented by so many blanks a level.
 */
export function safeJson(value: unknown, { indent }: { readonly indent?: number } = {}): string {
  // The only line feeds in JSON text are those of its indentation.
  return JSON.stringify(value, null, indent).replace(UNSAFE, (character) =>
    character === '\n' ? character : escaped(character),
  )
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}

/**
 * One CSV cell (RFC 4180). Text that a spreadsheet would run as a formula gets a leading `'`; numbers
 * and booleans stay what they are, null is empty.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const inert = FORMULA_START.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

/** One CSV row with its line feed. */
export function csvRow(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map(csvCell).join(',')}\n`
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that HTML shows as it is. */
export function safeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
}
