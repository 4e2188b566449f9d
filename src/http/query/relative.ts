const MOMENTS = ['from', 'to', 'at'] as const

/** Whether a query means another thing at another time: it has a `24h` or the like. */
export function isRelative(query: object): boolean {
  const given = query as Readonly<Record<string, unknown>>
  return MOMENTS.some((name) => given[name] !== undefined && !/^\d{4}-/.test(String(given[name])))
}
