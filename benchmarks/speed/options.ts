import { parseArgs } from 'node:util'
import { SCALES, type Scale } from '../shapes.ts'

export const CHAPTERS = ['reading', 'run', 'store', 'scoring', 'memory', 'growth'] as const
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

/** Reads the arguments. Throws what is wrong with them. */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
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
    only: chaptersOf(values.only),
    rounds: values.rounds === undefined ? scale.rounds : Number(values.rounds),
    clickhouse: values.full || peersOf(values.peers).includes('clickhouse'),
    json: values.json ?? null,
    trails: values.trails ?? null,
  }
}

function chaptersOf(list: string | undefined): readonly ChapterName[] {
  if (list === undefined) return CHAPTERS
  const wanted = list.split(',')
  const unknown = wanted.filter((name) => !CHAPTERS.some((chapter) => chapter === name))
  if (unknown.length > 0)
    throw new Error(`--only knows ${CHAPTERS.join(', ')}, not ${unknown.join(', ')}`)
  return CHAPTERS.filter((name) => wanted.includes(name))
}

function peersOf(list: string): readonly string[] {
  const wanted = list === '' ? [] : list.split(',')
  const unknown = wanted.filter((name) => name !== 'clickhouse')
  if (unknown.length > 0) throw new Error(`--peers knows clickhouse, not ${unknown.join(', ')}`)
  return wanted
}
