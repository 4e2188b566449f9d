import { type Table, textTable } from './table.ts'
import { isMet, type Target, targetLine } from './target.ts'

/** One part of the report. */
export interface Chapter {
  readonly title: string
  readonly notes: readonly string[]
  readonly tables: readonly Table[]
  readonly targets: readonly Target[]
  /** Everything measured, for `--json`. */
  readonly measured: unknown
}

/** A chapter for people. */
export function chapterText({ title, notes, tables, targets }: Chapter): string {
  const parts = [
    notes.map((note) => `${note}\n`).join(''),
    ...tables.map(textTable),
    targets.map(targetLine).join(''),
  ]
  return `\n## ${title}\n\n${parts.filter((part) => part !== '').join('\n')}`
}

/** A chapter for machines. */
export function chapterData({ title, targets, measured }: Chapter) {
  return { title, targets: targets.map((target) => ({ ...target, met: isMet(target) })), measured }
}
