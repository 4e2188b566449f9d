import type { Bench, MonthRun } from '../bench/bench.ts'
import { CLOSE, PARTS, TIMES } from '../bench/months.ts'
import type { Row } from '../measure/interleaved.ts'
import type { Chapter } from '../report/chapter.ts'
import { figure } from '../report/table.ts'

const WORDS: Readonly<Record<(typeof PARTS)[number], string>> = {
  reading: 'reading: list, inflate, scan',
  writes: 'store writes: duplicates, counts, scores, insights',
  scoring: 'scoring: load, learn, score',
  insights: 'insights: decide, attribute, outlook',
}

/** The whole of `run` on a month, beside counting alone. */
export function wholeRun(bench: Bench): Chapter {
  const { runs, count, twoWorkers, scheduled } = bench.months()
  const { trail, run } = runs[TIMES.indexOf(CLOSE)] as MonthRun
  const { events } = trail.digest
  const { figures } = run
  const line = (title: string, seconds = Number.NaN) => [
    title,
    ...[seconds, (seconds / events) * 1e6, seconds / count.cpuSeconds].map(figure),
  ]
  return {
    title: 'Whole run on a month',
    notes: [
      `${events} events in ${trail.files} files, ${figures['duplicate']} of them delivered twice; the store has ${figure(figures['storeMb'])} MB.`,
      wallNote(run, twoWorkers),
      scheduledNote(scheduled),
      `Medians of ${Math.min(bench.rounds, bench.scale.monthRounds)} rounds.`,
    ],
    tables: [
      {
        columns: ['part', 'CPU s', 'us/event', 'x counting'],
        rows: [
          line('counting alone', count.cpuSeconds),
          line('whole run', run.cpuSeconds),
          ...PARTS.map((part) => line(`- ${WORDS[part]}`, figures[part])),
          ...(twoWorkers === null ? [] : [line('whole run, 2 workers', twoWorkers.cpuSeconds)]),
        ],
      },
    ],
    targets: [
      {
        ...{ what: 'CPU of a whole run beside counting alone', limit: 2, unit: 'times' },
        ...{ bound: 'most', measured: run.cpuSeconds / count.cpuSeconds },
      },
      {
        ...{ what: 'second run with nothing new, by the clock', limit: 1, unit: 's' },
        ...{ bound: 'most', measured: figures['againSeconds'] ?? Number.NaN },
      },
      {
        ...{ what: 'events lost or counted twice', limit: 0, bound: 'most', unit: '' },
        measured: Math.abs((figures['counted'] ?? Number.NaN) - (events - trail.repeats)),
      },
    ],
    measured: { trail, count, run, twoWorkers, scheduled },
  }
}

function wallNote(run: Row, two: Row | null): string {
  const seconds = ({ wallSeconds, figures }: Row) =>
    figure(wallSeconds - (figures['againSeconds'] ?? 0))
  const first = `By the clock ${seconds(run)} s with 1 thread, ${figure(run.peakMb)} MB at most`
  if (two === null) return `${first}; this version has no more.`
  return `${first}; ${seconds(two)} s with 2 that read and score, ${figure(two.peakMb)} MB.`
}

function scheduledNote({ figures, failure }: Row): string {
  if (failure !== null) return failure
  const { newsSeconds: news = Number.NaN, nothingSeconds: nothing = Number.NaN } = figures
  return `As a schedule starts it, by the clock and from the start of the process: ${figure(news)} s where ${figures['newFiles']} more files came, ${figure(nothing)} s where none did (${figure(news / nothing)} times).`
}
