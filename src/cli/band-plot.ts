import type { Band } from '../../models/index.ts'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const BLOCKS = ' ▁▂▃▄▅▆▇█'

/** A week of hourly bands: a line of blocks a day (expected), with the day's lowest and highest edge beside it. */
export function weekPlot(bands: readonly Band[]): string {
  const top = Math.max(1e-9, ...bands.map(({ expected }) => expected))
  const lines = DAYS.map((name, day) => {
    const hours = bands.slice(day * 24, day * 24 + 24)
    const low = Math.min(...hours.map((hour) => hour.low))
    const high = Math.max(...hours.map((hour) => hour.high))
    const expected = hours.map((hour) => hour.expected)
    const range = `${Math.min(...expected).toFixed(1)} to ${Math.max(...expected).toFixed(1)} expected, ${low} to ${high} normal`
    return `${name} ${sparkline(expected, top)} ${range}\n`
  })
  return `    0     6     12    18     \n${lines.join('')}`
}

/** Numbers as blocks of eight heights; `top` is the full height. */
export function sparkline(values: readonly number[], top: number): string {
  return values.map((value) => BLOCKS[Math.min(8, Math.ceil((8 * value) / top))] ?? ' ').join('')
}
