import { type Command, Option } from 'commander'
import { rfc3339 } from '../base/times.ts'
import { writeAtomically } from '../sink/file.ts'
import { csvRow, safe, safeJson } from '../sink/safe.ts'
import { canonicalHash, canonicalLines } from '../store/canonical.ts'
import { type CountRow, countRows } from '../store/count-rows.ts'
import type { StoreReader } from '../store/store.ts'
import type { House } from './house.ts'
import { outputOption, storeOption } from './options.ts'
import { withReader } from './stores.ts'
import type { Terminal } from './terminal.ts'

interface Flags {
  readonly store: string
  readonly what: 'counts'
  readonly format: 'csv' | 'ndjson'
  readonly canonical?: boolean
  readonly hash?: boolean
  readonly output?: string
}

const COLUMNS = [
  ...(['account', 'region', 'category', 'eventSource', 'eventName', 'errorCode'] as const),
  ...(['minute', 'calls'] as const),
]

/** `offtrail export`: the counts for other tools, or the canonical state whose hash tests compare. */
export function addExport(command: Command, { terminal }: House): void {
  command
    .addOption(storeOption())
    .addOption(new Option('--what <what>', 'what to export').choices(['counts']).default('counts'))
    .addOption(
      new Option('--format <form>', 'form of the counts').choices(['csv', 'ndjson']).default('csv'),
    )
    .option(
      '--canonical',
      'everything that follows from the events, sorted, a line each: equal stores print equal text',
    )
    .option('--hash', 'only the SHA-256 of the canonical state')
    .addOption(outputOption())
    .action((flags: Flags) =>
      withReader(flags.store, async (store) => {
        if (flags.output === undefined) return store.snapshot(() => print(store, flags, terminal))
        const lines = store.snapshot(() => [...linesOf(store, flags)])
        await writeAtomically(flags.output, lines.join(''))
      }),
    )
}

/** CSV and canonical lines have no escapes: programs get them exactly, a terminal gets what cannot steer it. */
function print(store: StoreReader, flags: Flags, { out, outIsTerminal }: Terminal): void {
  for (const line of linesOf(store, flags))
    out(outIsTerminal ? `${safe(line.slice(0, -1))}\n` : line)
}

/** Lines with their line feeds. */
function* linesOf(store: StoreReader, flags: Flags): Generator<string> {
  if (flags.hash === true) yield `${canonicalHash(store)}\n`
  else if (flags.canonical === true) for (const line of canonicalLines(store)) yield `${line}\n`
  else yield* countLines(countRows(store), flags.format)
}

function* countLines(rows: Iterable<CountRow>, format: Flags['format']): Generator<string> {
  if (format === 'csv') yield csvRow(COLUMNS)
  for (const { minute, ...row } of rows) {
    const cells = { ...row, minute: rfc3339(minute * 60_000) }
    yield format === 'csv'
      ? csvRow(COLUMNS.map((column) => cells[column]))
      : `${safeJson(Object.fromEntries(COLUMNS.map((column) => [column, cells[column]])))}\n`
  }
}
