import { Fault } from '../../base/fault.ts'
import type { InboxDoor } from '../../sink/inbox.ts'
import type { StoreEditor } from '../../store/store.ts'

/** A write that was asked for: who, what, and what came of it. No secret stands in it. */
export interface AuditEntry {
  /** Public half of the token or the access key; null: unsigned. */
  readonly who: string | null
  /** What was asked for: method and route, or an operation of CloudTrail's. */
  readonly what: string
  /** The account, the insight, the labels or the body that it was about; null: it was refused before that was looked at. */
  readonly target: string | null
  /** `done`; `repeated`, which changed nothing; `full`; or the code of what kept it from being done. */
  readonly result: string
  /** As in `X-Request-Id`. */
  readonly requestId: string
}

/** Takes down writes. */
export type Audit = (entry: AuditEntry) => void

/** The editor for one request, which takes down everything that is written with it, done or not. */
export function auditedEditor(
  editor: StoreEditor,
  asked: Pick<AuditEntry, 'who' | 'what' | 'requestId'>,
  audit: Audit,
): StoreEditor {
  const noted = <Answer>(target: string, write: () => Answer): Answer => {
    const note = (result: string) => audit({ ...asked, target, result })
    try {
      const answer = write()
      note(answer === false ? 'repeated' : 'done')
      return answer
    } catch (error) {
      note(faultCode(error))
      throw error
    }
  }
  return {
    switchSelectors: (wanted) => noted(wanted.account, () => editor.switchSelectors(wanted)),
    putVerdict: (verdict) => noted(verdict.insight, () => editor.putVerdict(verdict)),
    removeVerdict: (insight) => noted(insight, () => editor.removeVerdict(insight)),
    putLabels: (labels) => {
      const ids = labels.map(({ id }) => id).join(' ')
      return noted(ids, () => editor.putLabels(labels))
    },
    removeLabel: (id) => noted(id, () => editor.removeLabel(id)),
  }
}

/** The inbox for one request, which takes down what is put there, or is not. */
export function auditedInbox(
  inbox: InboxDoor,
  asked: Pick<AuditEntry, 'who' | 'what' | 'requestId'>,
  audit: Audit,
): InboxDoor {
  return {
    ...inbox,
    async put(body) {
      try {
        const receipt = await inbox.put(body)
        audit({ ...asked, target: receipt.id, result: receipt.result })
        return receipt
      } catch (error) {
        audit({ ...asked, target: null, result: faultCode(error) })
        throw error
      }
    },
  }
}

const faultCode = (error: unknown): string => (error instanceof Fault ? error.code : 'INTERNAL')
