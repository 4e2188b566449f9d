import type { Label } from '../../base/label.ts'
import { labelId } from '../../insight/label.ts'
import type { StoreReader } from '../../store/store.ts'
import { verdictLabels } from './verdict-labels.ts'

/** What history is held against: labels handed in and those of the store, each once, and insights that somebody said are true. */
export function knownLabels(store: StoreReader, given: readonly Label[]): readonly Label[] {
  const told = new Map([...store.labels(), ...given].map((label) => [labelId(label), label]))
  return [...told.values(), ...verdictLabels(store)]
}
