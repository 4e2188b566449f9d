/** Pieces of work by title; the first is the peer the others are held against. */
export type Work = Readonly<Record<string, () => unknown>>

/** A piece's median CPU seconds (user and system), and how many times as much the peer took. */
export interface Measured {
  readonly title: string
  readonly seconds: number
  readonly timesFaster: number
}

/** Runs the pieces in turn, round after round, so that whatever else the machine does meets all of them. */
export async function interleaved(work: Work, rounds: number): Promise<readonly Measured[]> {
  const seconds = Object.entries(work).map(([title, piece]) => ({
    title,
    piece,
    all: [] as number[],
  }))
  for (let round = 0; round < rounds; round++)
    for (const { piece, all } of seconds) all.push(await cpuSeconds(piece))
  const medians = seconds.map(({ title, all }) => ({ title, seconds: median(all) }))
  const peer = medians[0]?.seconds ?? Number.NaN
  return medians.map((entry) => ({ ...entry, timesFaster: peer / entry.seconds }))
}

/** Lines for people: seconds, microseconds an event, and the ratio. */
export function linesOf(measured: readonly Measured[], events: number): string {
  return measured
    .map(({ title, seconds, timesFaster }) => {
      const perEvent = ((seconds / events) * 1e6).toFixed(2)
      return `  ${title.padEnd(52)} ${seconds.toFixed(2)} s  ${perEvent.padStart(6)} us/event  ${timesFaster.toFixed(2)} x as fast as the peer\n`
    })
    .join('')
}

async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
