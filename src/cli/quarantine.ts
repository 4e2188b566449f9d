import type { Command } from 'commander'
import { damageWords, rejectionWords } from '../pipeline/remedies.ts'
import { safe } from '../sink/safe.ts'
import type { LedgerRow, RejectRow } from '../store/store.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { jsonOption, storeOption, wholeNumber } from './options.ts'
import { withReader } from './stores.ts'

interface Flags {
  readonly store: string
  readonly json?: boolean
  readonly limit: number
}

/** `offtrail quarantine list`: what could not be counted, and why. */
export function addQuarantine(command: Command, { terminal }: House): void {
  command
    .command('list', { isDefault: true })
    .description('files that failed and samples of records that were rejected, with the reason')
    .addOption(storeOption())
    .option(
      '--limit <count>',
      'samples at most',
      wholeNumber('--limit', { min: 1, max: 100_000 }),
      50,
    )
    .addOption(jsonOption())
    .action(({ store: path, json, limit }: Flags) =>
      withReader(path, (store) => {
        const files = [
          ...store.ledger({ outcome: 'failed' }),
          ...store.ledger({ outcome: 'partial' }),
        ]
        const records = store.rejects(limit)
        const byCode = Object.fromEntries(store.totals().rejectedByCode)
        terminal.out(
          json === true
            ? jsonText({ files, rejectedByCode: byCode, records })
            : words(files, byCode, records),
        )
      }),
    )
}

function words(
  files: readonly LedgerRow[],
  byCode: Readonly<Record<string, number>>,
  records: readonly RejectRow[],
): string {
  const lines = [
    ...files.map(
      ({ outcome, key, code, message }) =>
        `${outcome}  ${key}: ${outcome === 'partial' ? 'some of its lines are no records' : damageWords(code, message)}`,
    ),
    ...Object.entries(byCode).map(
      ([code, count]) => `${count} rejected  ${code}: ${rejectionWords(code)}`,
    ),
    ...records.map(
      ({ code, objectKey, sample }) => `  ${code}  ${objectKey}: ${sample.slice(0, 200)}`,
    ),
  ]
  return lines.length === 0 ? 'Nothing is in quarantine.\n' : `${lines.map(safe).join('\n')}\n`
}
