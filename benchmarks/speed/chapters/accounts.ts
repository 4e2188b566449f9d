import { organisation } from '../../shapes.ts'
import type { Bench } from '../bench/bench.ts'
import { interleaved } from '../measure/interleaved.ts'
import type { Chapter } from '../report/chapter.ts'
import { figure } from '../report/table.ts'

const NOTE =
  'Accounts of the same calls each, 30 days. Of the last files some are of one account, some of another; that run is a process of its own, by the clock, starting included.'

const SHOWN = ['firstMicroseconds', 'newsSeconds', 'nothingSeconds'] as const

/** What an organisation costs with more accounts: the first run by the event, later ones by what is new. */
export function accounts(bench: Bench): Chapter {
  const { few, many } = bench.scale.accounts
  const sizes = [few, many]
  const trails = sizes.map((size) =>
    bench.trail(`accounts-${size}`, organisation(bench.scale, size)),
  )
  const rows = interleaved(
    trails.map(({ name, folder }) => ({
      ...{ title: name, name: 'scheduled-run' },
      task: { folder, threads: 1, scratch: bench.scratch },
    })),
    Math.min(bench.rounds, bench.scale.monthRounds),
  )
  const figuresOf = (at: number) => rows[at]?.figures ?? {}
  const ratio = (name: string) =>
    (figuresOf(1)[name] ?? Number.NaN) / (figuresOf(0)[name] ?? Number.NaN)
  const bound = { bound: 'most', unit: 'times' } as const
  return {
    title: 'Accounts',
    notes: [NOTE],
    tables: [
      {
        columns: [
          ...['accounts', 'files', 'events', 'first run, us/event'],
          ...[`${figuresOf(0)['newFiles'] ?? 0} new files, s`, 'nothing new, s'],
        ],
        rows: trails.map(({ files, digest }, at) => [
          ...[sizes[at], files, digest.events].map(String),
          ...SHOWN.map((name) => figure(figuresOf(at)[name])),
        ]),
      },
    ],
    targets: [
      {
        ...{ what: `an event in ${many} accounts beside one in ${few}, first run`, limit: 1.15 },
        ...{ ...bound, measured: ratio('firstMicroseconds') },
      },
      {
        ...{ what: `a few new files in ${many} accounts beside ${few}`, limit: 2 },
        ...{ ...bound, measured: ratio('newsSeconds') },
      },
    ],
    measured: { trails, rows },
  }
}
