import type { Terminal } from './terminal.ts'

const REDRAW_MS = 100
const LINE_MS = 10_000
const CLEAR_LINE = '\r\u001b[2K'

/** Shows how far a long piece of work has come: a line redrawn on a terminal, a line now and then elsewhere. */
export interface Progress {
  show(words: () => string): void
  /** Takes the line away, so that results start clean. */
  end(): void
}

/** Progress on stderr; silent when `quiet`. */
export function progressOn(terminal: Terminal, { quiet }: { readonly quiet: boolean }): Progress {
  const { err, errIsTerminal, now, width } = terminal
  const everyMs = errIsTerminal ? REDRAW_MS : LINE_MS
  let shownMs = now()
  let isDrawn = false
  return {
    show(words) {
      if (quiet || now() - shownMs < everyMs) return
      shownMs = now()
      const line = words()
      err(errIsTerminal ? `${CLEAR_LINE}${line.slice(0, width - 1)}` : `${line}\n`)
      isDrawn = errIsTerminal
    },
    end() {
      if (isDrawn) err(CLEAR_LINE)
      isDrawn = false
    },
  }
}

/** `1 234 567`: digits in threes, as ISO 31 writes them. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** `12.3 MB`, `4.1 kB`: bytes for people, powers of ten. */
export function bytesText(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

/** `1 singular`, `2 plurals`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`
}
