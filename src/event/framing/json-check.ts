/**
 * Decides, byte by byte and in bounded memory, whether what comes is one JSON value (RFC 8259), exactly as `JSON.parse`
 * of the decoded text would: bytes of 0x80 and above are text inside strings and an error outside. It keeps one bit a
 * level, so depth costs next to nothing.
 */
export class JsonCheck {
  /** `open`: more bytes are needed; `done`: the value is complete; `invalid`: no continuation can make it JSON. */
  status: 'open' | 'done' | 'invalid' = 'open'
  #state: number = STATE.value
  #isKey = false
  #depth = 0
  #isObject: Uint8Array = new Uint8Array(64)

  /** Takes bytes in from `from` on; gives the index after the value, of the byte that is wrong, or the length. */
  feed(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length && this.status === 'open') {
      const next = TABLE[this.#state * 256 + (bytes[at] as number)] as number
      if (next < ACTION.first) this.#state = next
      else if (next === ACTION.endNumber) {
        this.#endValue()
        continue
      } else if (this.#act(next)) return at
      at++
    }
    return at
  }

  /** Whether the value would be complete if the bytes ended here: only a bare number needs its end to tell. */
  get endsHere(): boolean {
    return this.status === 'done' || (this.#depth === 0 && NUMBER_ENDS.has(this.#state))
  }

  /** Takes one step that needs the memory of containers; true if it was wrong. */
  #act(action: number): boolean {
    if (action === ACTION.openObject) this.#open(true)
    else if (action === ACTION.openArray) this.#open(false)
    else if (action === ACTION.closeObject && this.#inObject) this.#close()
    else if (action === ACTION.closeArray && !this.#inObject) this.#close()
    else if (action === ACTION.comma) this.#state = this.#inObject ? STATE.key : STATE.value
    else if (action === ACTION.startKey) this.#startKey()
    else if (action === ACTION.endString && this.#isKey) this.#endKey()
    else if (action === ACTION.endString || action === ACTION.endWord) this.#endValue()
    else this.status = 'invalid'
    return this.status === 'invalid'
  }

  get #inObject(): boolean {
    const level = this.#depth - 1
    return (((this.#isObject[level >> 3] as number) >> (level & 7)) & 1) === 1
  }

  #open(isObject: boolean): void {
    const at = this.#depth >> 3
    const bit = 1 << (this.#depth & 7)
    if (at === this.#isObject.length) this.#grow()
    const before = this.#isObject[at] as number
    this.#isObject[at] = isObject ? before | bit : before & ~bit
    this.#depth++
    this.#state = isObject ? STATE.keyOrClose : STATE.itemOrClose
  }

  #grow(): void {
    const wider = new Uint8Array(this.#isObject.length * 2)
    wider.set(this.#isObject)
    this.#isObject = wider
  }

  #close(): void {
    this.#depth--
    this.#endValue()
  }

  #startKey(): void {
    this.#isKey = true
    this.#state = STATE.string
  }

  #endKey(): void {
    this.#isKey = false
    this.#state = STATE.colon
  }

  #endValue(): void {
    this.#state = STATE.after
    if (this.#depth === 0) this.status = 'done'
  }
}

const NAMES = [
  ...['value', 'itemOrClose', 'keyOrClose', 'key', 'colon', 'after', 'string', 'escape'],
  ...['hex1', 'hex2', 'hex3', 'hex4', 'minus', 'zero', 'integer', 'point', 'fraction'],
  ...['exponent', 'exponentSign', 'power', 't', 'tr', 'tru', 'f', 'fa', 'fal', 'fals'],
  ...['n', 'nu', 'nul'],
] as const
type StateName = (typeof NAMES)[number]
const STATE = Object.fromEntries(NAMES.map((name, at) => [name, at])) as Record<StateName, number>
const NUMBER_ENDS = new Set([STATE.zero, STATE.integer, STATE.fraction, STATE.power])

const ACTION = {
  first: 64,
  openObject: 64,
  openArray: 65,
  closeObject: 66,
  closeArray: 67,
  comma: 68,
  startKey: 69,
  endString: 70,
  endWord: 71,
  endNumber: 72,
  invalid: 255,
} as const

/** The next state, or action, for each state and byte. */
const TABLE = new Uint8Array(NAMES.length * 256).fill(ACTION.invalid)

function on(state: StateName, bytes: string, next: number): void {
  for (const byte of Buffer.from(bytes, 'latin1')) TABLE[STATE[state] * 256 + byte] = next
}

const BLANKS = ' \t\n\r'
const DIGITS = '0123456789'
const TEXT = Array.from({ length: 256 - 32 }, (_, at) => String.fromCharCode(at + 32)).join('')

for (const state of ['value', 'itemOrClose', 'keyOrClose', 'key', 'colon', 'after'] as const)
  on(state, BLANKS, STATE[state])
for (const state of ['value', 'itemOrClose'] as const) {
  on(state, '{', ACTION.openObject)
  on(state, '[', ACTION.openArray)
  on(state, '"', STATE.string)
  on(state, '-', STATE.minus)
  on(state, '0', STATE.zero)
  on(state, DIGITS.slice(1), STATE.integer)
  for (const word of ['t', 'f', 'n'] as const) on(state, word, STATE[word])
}
on('itemOrClose', ']', ACTION.closeArray)
on('keyOrClose', '}', ACTION.closeObject)
for (const state of ['keyOrClose', 'key'] as const) on(state, '"', ACTION.startKey)
on('colon', ':', STATE.value)
on('after', ',', ACTION.comma)
on('after', '}', ACTION.closeObject)
on('after', ']', ACTION.closeArray)

on('string', TEXT, STATE.string)
on('string', '"', ACTION.endString)
on('string', '\\', STATE.escape)
on('escape', '"\\/bfnrt', STATE.string)
on('escape', 'u', STATE.hex1)
const HEX = `${DIGITS}abcdefABCDEF`
on('hex1', HEX, STATE.hex2)
on('hex2', HEX, STATE.hex3)
on('hex3', HEX, STATE.hex4)
on('hex4', HEX, STATE.string)

for (const state of ['zero', 'integer', 'fraction', 'power'] as const)
  on(state, `${BLANKS},]}`, ACTION.endNumber)
for (const state of ['zero', 'integer'] as const) {
  on(state, '.', STATE.point)
  on(state, 'eE', STATE.exponent)
}
on('minus', '0', STATE.zero)
on('minus', DIGITS.slice(1), STATE.integer)
on('integer', DIGITS, STATE.integer)
on('point', DIGITS, STATE.fraction)
on('fraction', DIGITS, STATE.fraction)
on('fraction', 'eE', STATE.exponent)
on('exponent', '+-', STATE.exponentSign)
for (const state of ['exponent', 'exponentSign', 'power'] as const) on(state, DIGITS, STATE.power)

for (const word of ['true', 'false', 'null'])
  for (let end = 1; end < word.length; end++) {
    const state = word.slice(0, end) as StateName
    const isLast = end + 1 === word.length
    on(state, word[end] ?? '', isLast ? ACTION.endWord : STATE[word.slice(0, end + 1) as StateName])
  }
