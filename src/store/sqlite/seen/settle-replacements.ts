import { secondOf } from '../../../bucket/completeness.ts'
import { FATES } from '../../../bucket/count.ts'
import type { CallTable } from '../../../event/table/call-table.ts'
import { ID_WORDS, writeId } from '../../../event/table/event-id.ts'
import type { Replacement, Replacements } from './replacements.ts'
import { keyText, type RowKeys } from './row-keys.ts'
import type { KeptEvent, Segments } from './segments.ts'
import type { Sifted } from './sift.ts'

/** A kept event that no longer counts, or counts again. */
export interface Turn {
  readonly event: KeptEvent
  readonly stands: boolean
}

export interface Memory {
  readonly segments: Segments
  readonly replacements: Replacements
}

/**
 * Keeps the replacements a table brings. Rows that another event replaces are only named, not counted; the turns say what
 * changes for events counted before.
 */
export function settleReplacements(
  table: CallTable,
  keys: RowKeys,
  sifted: Sifted,
  memory: Memory,
): readonly Turn[] {
  const turns = turnsOf(newReplacements(table, keys, sifted, memory), memory)
  const { replacements } = memory
  for (const { account, day, rows } of sifted.fresh) {
    for (const row of rows) {
      if (!replacements.mayConcern(table.id[row * ID_WORDS] ?? 0)) continue
      if (!replacements.stands({ account, day, key: keys.key(row) })) sifted.fates[row] = FATES.name
    }
  }
  return turns
}

function newReplacements(
  table: CallTable,
  keys: RowKeys,
  { lateBefore }: Sifted,
  { replacements }: Memory,
): readonly Replacement[] {
  const found = new Map<string, Replacement>()
  for (const [row, hex] of table.replaces) {
    if (secondOf(table, row) < lateBefore) continue
    const original = new Uint32Array(ID_WORDS)
    writeId(hex, original, 0)
    const by = { account: keys.account(row), day: keys.day(row), key: keys.key(row) }
    const name = `${by.account} ${by.day} ${keyText(by.key)} ${original.join('.')}`
    if (!replacements.has({ by, original })) found.set(name, { by, original })
  }
  return [...found.values()]
}

function turnsOf(
  fresh: readonly Replacement[],
  { segments, replacements }: Memory,
): readonly Turn[] {
  if (fresh.length === 0) return []
  const concerned = concernedBy(fresh, { segments, replacements })
  const stands = (event: KeptEvent) => replacements.stands(event)
  const before = concerned.map(stands)
  for (const replacement of fresh) replacements.add(replacement)
  return concerned
    .map((event, i) => ({ event, stands: stands(event), stood: before[i] }))
    .filter((turn) => turn.stands !== turn.stood)
}

/** Kept events that new replacements may make fall or stand: those replaced, and those that replace the same. */
function concernedBy(
  fresh: readonly Replacement[],
  { segments, replacements }: Memory,
): readonly KeptEvent[] {
  const found = new Map<string, KeptEvent>()
  const keep = (events: readonly KeptEvent[]) => {
    for (const event of events) found.set(`${event.segment} ${event.position}`, event)
  }
  for (const account of new Set(fresh.map(({ by }) => by.account))) {
    const own = fresh.filter(({ by }) => by.account === account)
    const originals = own.map(({ original }) => original)
    keep(segments.findIds(account, originals))
    const rivals = originals.flatMap((original) => replacements.replacing(account, original))
    for (const { day, key } of [...own.map(({ by }) => by), ...rivals]) {
      keep(segments.findKeys(account, day, [key]))
    }
  }
  return [...found.values()]
}
