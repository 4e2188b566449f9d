// The scanner's memory: room for one file, then whatever grows. Nothing is given back; the host drops the whole instance.

const ALIGN: usize = 64
/** Blanks after a file, so that whole blocks and words may be read past its end. */
export const PADDING: usize = 256

/** Bytes that are zero and stay in place. */
export function take(size: usize): usize {
  return (heap.alloc(size + ALIGN) + ALIGN - 1) & ~(ALIGN - 1)
}

/** The same bytes with more room behind them. */
export function widened(from: usize, size: usize, wider: usize): usize {
  const to = take(wider)
  memory.copy(to, from, size)
  return to
}
