/** Whole numbers of 32 bits in a row that grows, to be kept as a blob in the machine's byte order. */
export class IntList {
  #numbers = new Int32Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(...numbers: readonly number[]): void {
    if (this.#length + numbers.length > this.#numbers.length) this.#grow()
    for (const number of numbers) this.#numbers[this.#length++] = number
  }

  /** What was pushed; valid until the next push. */
  bytes(): Buffer {
    return Buffer.from(this.#numbers.buffer, 0, this.#length * Int32Array.BYTES_PER_ELEMENT)
  }

  #grow(): void {
    const wider = new Int32Array(this.#numbers.length * 2)
    wider.set(this.#numbers)
    this.#numbers = wider
  }
}

/** The numbers of a blob. */
export function intsFrom(blob: Uint8Array): Int32Array {
  const aligned = blob.byteOffset % Int32Array.BYTES_PER_ELEMENT === 0 ? blob : blob.slice()
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4)
}
