import { isUtf8 } from 'node:buffer'
import { resolve, sep } from 'node:path'

/** Paths are bytes here, as they are to the operating system: a name need not be UTF-8. */
export type PathBytes = Buffer

/** The folders above a name, and the name: as bytes, each one character of the text (`latin1`). */
export function joinPath(folder: PathBytes, name: string): PathBytes {
  const start = folder.at(-1) === sep.charCodeAt(0) ? [folder] : [folder, Buffer.from(sep)]
  return Buffer.concat([...start, Buffer.from(name, 'latin1')])
}

/** What names a path for ever: its text, or a `file:///` URL where its bytes are not UTF-8 and no text would be exact. */
export function keyFromPath(path: PathBytes): string {
  return isUtf8(path) ? path.toString() : `file://${[...path].map(urlCharacter).join('')}`
}

/** The absolute path that a user, or a key of `keyFromPath`, names. */
export function pathFromKey(key: string): PathBytes {
  if (!key.startsWith('file:///')) return Buffer.from(resolve(key))
  const bytes = Buffer.from(key.slice('file://'.length)).toString('latin1')
  const decoded = bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(decoded, 'latin1')
}

function urlCharacter(byte: number): string {
  const character = String.fromCharCode(byte)
  if (/[A-Za-z0-9/._~-]/.test(character)) return character
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}
