/** Writes whole numbers from 0 to 2^53 in as few bytes as they need, seven bits a byte, lowest first. */
export class VarintWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  put(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow()
    let rest = value
    while (rest > 0x7fffffff) {
      this.#bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.#length++] = rest
  }

  /** Begins anew. */
  clear(): void {
    this.#length = 0
  }

  /** What was written; valid until the next `put`. */
  bytes(): Buffer {
    return Buffer.from(this.#bytes.buffer, 0, this.#length)
  }

  #grow(): void {
    const wider = new Uint8Array(this.#bytes.length * 2)
    wider.set(this.#bytes)
    this.#bytes = wider
  }
}

/** Reads what a `VarintWriter` wrote. Beyond the end it reads zeros. */
export class VarintReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length
  }

  take(): number {
    let byte = this.#bytes[this.#at++] ?? 0
    if (byte < 128) return byte
    let value = byte & 127
    let scale = 128
    while (byte >= 128) {
      byte = this.#bytes[this.#at++] ?? 0
      value += (byte & 127) * scale
      scale *= 128
    }
    return value
  }
}
