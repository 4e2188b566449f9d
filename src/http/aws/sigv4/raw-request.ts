/** A request as it came over the wire: SigV4 signs bytes, not what a framework makes of them. */
export interface RawRequest {
  readonly method: string
  /** Path and query, undecoded. */
  readonly url: string
  /** Names and values in turn, as Node's `rawHeaders`. */
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

/** Every value of each header, by lower-case name, in the order received. */
export function headersOf({ rawHeaders }: RawRequest): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase()
    const value = rawHeaders[at + 1] as string
    const known = headers.get(name)
    if (known === undefined) headers.set(name, [value])
    else known.push(value)
  }
  return headers
}
