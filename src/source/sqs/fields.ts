/** Properties of what nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>

/** The object or list that JSON text is; null: it is neither. */
export function parsed(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Fields) : null
  } catch {
    return null
  }
}

/** `+` is a space, `%2B` a plus; null for what is no such encoding. */
export function decoded(key: string | null): string | null {
  try {
    return key === null ? null : decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    return null
  }
}

/** A property of its own that an object has. */
export function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name)
    ? (of as Fields)[name]
    : undefined
}

/** A property that is a text and says something. */
export function text(of: unknown, name: string): string | null {
  const value = field(of, name)
  return typeof value === 'string' && value !== '' ? value : null
}
