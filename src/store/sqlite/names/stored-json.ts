/** JSON that brings back every number, infinite ones too. */
export function jsonTo(value: unknown): string {
  const plain = JSON.stringify(value) ?? 'null'
  // Numbers that JSON has no word for became null.
  return plain.includes('null') ? taggedJson(value) : plain
}

function taggedJson(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? { [TAG]: String(part) } : part,
  )
  return text ?? 'null'
}

/** The value that was kept by `jsonTo`. */
export function jsonFrom(text: string): unknown {
  if (!text.includes(TAG)) return JSON.parse(text)
  return JSON.parse(text, (_, part: unknown) => {
    const tagged = typeof part === 'object' && part !== null && TAG in part ? part[TAG] : undefined
    return typeof tagged === 'string' ? Number(tagged) : part
  })
}

const TAG = '$number'
