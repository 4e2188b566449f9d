import { Fault } from '../base/fault.ts'
import type { StoreEditor, StoreReader } from './store.ts'

/**
 * An editor that writes about some accounts only: what belongs to others is not there. `reader` knows the same accounts alone.
 * Everything an editor offers is named here, so that nothing new can be forgotten.
 */
export function scopedEditor(
  editor: StoreEditor,
  reader: StoreReader,
  accounts: readonly string[],
): StoreEditor {
  const own = (account: string): void => {
    if (!accounts.includes(account)) throw new Fault('NOT_FOUND', 'there is no such account')
  }
  const ownInsight = (id: string): void => {
    if (reader.insightById(id) === undefined) {
      throw new Fault('NOT_FOUND', 'there is no such insight')
    }
  }
  return {
    switchSelectors: (wanted) => {
      for (const { account } of [wanted, ...wanted.changes]) own(account)
      return editor.switchSelectors(wanted)
    },
    putVerdict: (verdict) => {
      ownInsight(verdict.insight)
      editor.putVerdict(verdict)
    },
    removeVerdict: (insight) => {
      ownInsight(insight)
      editor.removeVerdict(insight)
    },
    putLabels: (labels) => {
      for (const { account } of labels) {
        if (account === null)
          throw new Fault('USAGE', 'a label needs an account that you may write')
        own(account)
      }
      editor.putLabels(labels)
    },
    removeLabel: (id) => {
      if (!reader.labels().some((label) => label.id === id)) {
        throw new Fault('NOT_FOUND', 'there is no such label')
      }
      editor.removeLabel(id)
    },
  }
}
