import { parseArgs } from 'node:util'
import { wholeNumber } from '../command-line.ts'
import { SCALES, type Scale } from '../shapes.ts'

export const CHAPTERS = [
  'reading',
  'run',
  'store',
  'scoring',
  'memory',
  'growth',
  'accounts',
  'http',
] as const
export type ChapterName = (typeof CHAPTERS)[number]

/** What the command line asks for. */
export interface Options {
  readonly scaleName: keyof typeof SCALES
  readonly scale: Scale
  readonly only: readonly ChapterName[]
  readonly rounds: number
  readonly clickhouse: boolean
  readonly native: boolean
  readonly json: string | null
  /** Where trails are kept from run to run; null: in a temporary folder. */
  readonly trails: string | null
}

export const USAGE = `usage: npm run bench -- [options] [chapters]
  --only LIST      of ${CHAPTERS.join(', ')} (default: all)
  --full           the sizes of the targets: an hour
  --small          does everything still run? its figures say nothing
  --rounds N       at most so many rounds
  --peers LIST     clickhouse, installed on demand (540 MB)
  --native         a C++ reader too: takes a C++ compiler and libdeflate-dev
  --trails FOLDER  keeps the trails there, and uses those that it finds
  --json FILE      everything measured, for machines
`

/** Reads the arguments. Throws what is wrong with them. */
export function optionsFrom(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    args: [...args],
    options: {
      only: { type: 'string' },
      small: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      peers: { type: 'string', default: '' },
      native: { type: 'boolean', default: false },
      json: { type: 'string' },
      trails: { type: 'string' },
    },
  })
  const scaleName = values.full ? 'full' : values.small ? 'small' : 'usual'
  const scale: Scale = SCALES[scaleName]
  return {
    ...{ scaleName, scale, native: values.native },
    only: chaptersOf([...(values.only?.split(',') ?? []), ...positionals]),
    rounds: values.rounds === undefined ? scale.rounds : wholeNumber('--rounds', values.rounds),
    clickhouse: values.full || peersOf(values.peers).includes('clickhouse'),
    json: values.json ?? null,
    trails: values.trails ?? null,
  }
}

function chaptersOf(wanted: readonly string[]): readonly ChapterName[] {
  if (wanted.length === 0) return CHAPTERS
  const unknown = wanted.filter((name) => !CHAPTERS.some((chapter) => chapter === name))
  if (unknown.length > 0)
    throw new Error(`chapters are ${CHAPTERS.join(', ')}; not ${unknown.join(', ')}`)
  return CHAPTERS.filter((name) => wanted.includes(name))
}

function peersOf(list: string): readonly string[] {
  const wanted = list === '' ? [] : list.split(',')
  const unknown = wanted.filter((name) => name !== 'clickhouse')
  if (unknown.length > 0) throw new Error(`--peers knows clickhouse, not ${unknown.join(', ')}`)
  return wanted
}
