import { Fault } from '../../base/fault.ts'

/** An episode of a replayed series that some sensitivity would raise; windows of the grid. */
export interface EpisodeAsk {
  /** Of its series. */
  readonly key: string
  /** The window that fires: `[fromWindow, untilWindow)`. */
  readonly fromWindow: number
  readonly untilWindow: number
  readonly startWindow: number
  /** null: it may still go on. */
  readonly endWindow: number | null
}

const TEXT = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})\.(\d{0,9})\.(.+)$/s

/**
 * The episode that a text names: the first window that fires, one past the last, where it starts, where it ends (nothing: it
 * goes on) and its series' key, with dots between. Throws `USAGE` where it is none.
 * @example
 * episodeAskFrom('100.101.100..["0123456789abcdef",null,"up"]').endWindow // => null
 */
export function episodeAskFrom(text: string): EpisodeAsk {
  const [, from, until, start, end, key] = TEXT.exec(text) ?? []
  if (key === undefined) {
    throw new Fault(
      'USAGE',
      `'${text.slice(0, 100)}' is no episode: write FROM.UNTIL.START.END.KEY with windows and a key of /v1/replay`,
    )
  }
  return {
    ...{ key, fromWindow: Number(from), untilWindow: Number(until), startWindow: Number(start) },
    endWindow: end === '' ? null : Number(end),
  }
}
