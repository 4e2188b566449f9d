import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { inboxFault, inboxFolder, waitingIn, waitingName } from '../source/inbox.ts'
import { removeOldDrafts, writeAtomically } from './file.ts'

/** How much there is, or may be. */
export interface Occupancy {
  readonly files: number
  readonly bytes: number
}

/** What became of a body: it waits; it was waiting already; or there is no room for it now. */
export interface Receipt {
  readonly result: 'done' | 'repeated' | 'full'
  /** SHA-256 of the body, hexadecimal. */
  readonly id: string
  readonly bytes: number
}

/** Where bodies are put for the next run to count. */
export interface InboxDoor {
  /** Resolves when the body lies on the disk. Throws `STORAGE_FAILED`. */
  put(body: Uint8Array): Promise<Receipt>
  /** What waits. Throws `STORAGE_FAILED`. */
  occupancy(): Promise<Occupancy>
}

/** Makes the folder, so that a run finds it before the first body comes. Throws `STORAGE_FAILED`. */
export async function makeInbox(store: string): Promise<void> {
  const folder = inboxFolder(store)
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw inboxFault(folder, error)
  }
}

/** Puts bodies into the inbox beside a store, one after the other, up to `most`. A body that waits there is not put twice. */
export function inboxDoor(store: string, most: Occupancy, now: () => number): InboxDoor {
  const folder = inboxFolder(store)
  const put = async (body: Uint8Array): Promise<Receipt> => {
    const sha256 = createHash('sha256').update(body).digest('hex')
    const receipt = { id: sha256, bytes: body.length }
    const there = await waitingIn(folder)
    if (there.some((each) => each.sha256 === sha256)) return { ...receipt, result: 'repeated' }
    const { files, bytes } = sumOf(there)
    if (files >= most.files || bytes + body.length > most.bytes)
      return { ...receipt, result: 'full' }
    await writeAtomically(join(folder, waitingName(now(), { sha256, bytes: body.length })), body)
    return { ...receipt, result: 'done' }
  }
  let last: Promise<unknown> = removeOldDrafts(folder, now())
  return {
    put(body) {
      const receipt = last.then(() => put(body))
      last = receipt.catch(() => {})
      return receipt
    },
    occupancy: async () => sumOf(await waitingIn(folder)),
  }
}

function sumOf(waiting: readonly { readonly bytes: number }[]): Occupancy {
  return { files: waiting.length, bytes: waiting.reduce((sum, { bytes }) => sum + bytes, 0) }
}
