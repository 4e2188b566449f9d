import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../base/fault.ts'
import { errorCode, lookAtEntry } from './local/look.ts'
import type { SourceObject, Unreadable } from './source.ts'

/** A body that was pushed and waits to be read. */
export interface Waiting {
  /** Its file: when it came, its bytes and its SHA-256, so that names in order are bodies in order. */
  readonly name: string
  readonly sha256: string
  readonly bytes: number
}

/** A body to read, and to remove once it needs no other try. */
export interface Pushed extends SourceObject {
  /** Throws `STORAGE_FAILED`. */
  readonly remove: () => Promise<void>
}

/** What was pushed to a store and not counted yet. */
export interface Inbox {
  readonly title: string
  /** Whether anything was ever pushed, or is expected to be. Throws `STORAGE_FAILED`. */
  isThere(): Promise<boolean>
  /** Throws `STORAGE_FAILED`. */
  isEmpty(): Promise<boolean>
  /** In the order it came; other files are passed over. Throws `STORAGE_FAILED`. */
  list(): AsyncIterable<Pushed | Unreadable>
}

const NAME = /^\d{8}T\d{9}Z_(\d{1,15})_([\da-f]{64})$/

/** The folder in which what is pushed to a store waits. */
export function inboxFolder(store: string): string {
  return `${store}.inbox`
}

/** The file name of a body. */
export function waitingName(atMs: number, { bytes, sha256 }: Omit<Waiting, 'name'>): string {
  return `${new Date(atMs).toISOString().replace(/[-:.]/g, '')}_${bytes}_${sha256}`
}

/** What waits in a folder, in the order it came; nothing where there is no folder. Throws `STORAGE_FAILED`. */
export async function waitingIn(folder: string): Promise<readonly Waiting[]> {
  const names = (await namesIn(folder)) ?? []
  return names.sort().flatMap((name) => {
    const [, bytes, sha256] = NAME.exec(name) ?? []
    return sha256 === undefined ? [] : [{ name, sha256, bytes: Number(bytes) }]
  })
}

/**
 * The inbox beside a store. A body is named by its content (`inbox://SHA256`), so that one that comes again is known to the
 * ledger as a file that was read.
 */
export function inboxOf(store: string): Inbox {
  const folder = inboxFolder(store)
  return {
    title: folder,
    isThere: async () => (await namesIn(folder)) !== null,
    isEmpty: async () => (await waitingIn(folder)).length === 0,
    async *list() {
      for (const waiting of await waitingIn(folder)) {
        const seen = await lookAtEntry(Buffer.from(join(folder, waiting.name)), Buffer.from(folder))
        const known = { source: 'inbox', key: `inbox://${waiting.sha256}` } as const
        if (seen.kind === 'unreadable') yield { ...seen, ...known }
        if (seen.kind === 'object') yield pushed({ ...seen, ...known }, folder, waiting)
      }
    },
  }
}

function pushed(seen: SourceObject, folder: string, { name, sha256 }: Waiting): Pushed {
  return { ...seen, version: sha256, name: null, remove: () => remove(join(folder, name)) }
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch (error) {
    throw inboxFault(path, error)
  }
}

/** `STORAGE_FAILED`, for what the operating system refused. */
export function inboxFault(path: string, cause: unknown): Fault {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const message = `the inbox cannot be used at ${path} (${reason}): it must be a folder that the user who runs this may read and write`
  return new Fault('STORAGE_FAILED', message, { cause })
}

async function namesIn(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw inboxFault(folder, error)
  }
}
