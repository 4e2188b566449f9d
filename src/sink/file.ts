import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Fault } from '../base/fault.ts'

/**
 * Writes a file whole or not at all: a reader sees the old content or the new one, and after a crash
 * it is one of them. Missing folders are made; a link keeps pointing where it points; a device or
 * FIFO (`/dev/stdout`) is written to, never replaced. `durable: false` does not wait for the disk, for files that can be
 * made again. `mode` is that of a new file, such as 0o600 for secrets.
 * Throws `STORAGE_FAILED` with the path and the operating system's reason.
 */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
  { durable = true, mode = 0o666 }: { readonly durable?: boolean; readonly mode?: number } = {},
): Promise<void> {
  try {
    const made = await mkdir(dirname(path), { recursive: true })
    const target = await targetOf(path)
    await (target.replaceable
      ? replace(target.path, content, { durable, mode })
      : writeFile(target.path, content))
    if (durable && made !== undefined) await syncAbove(dirname(path), dirname(made))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `cannot write ${path} (${reason}): make room, or name a place that can be written to`
    throw new Fault('STORAGE_FAILED', message, { cause: error })
  }
}

/** Drafts younger than this may be written right now, by another process. */
const DRAFT_LIFE_MS = 3_600_000
const DRAFT = /^\.offtrail-[\da-f-]{36}\.tmp$/

/** Removes from a folder what writes left that a crash cut off over an hour ago. What cannot be removed stays. */
export async function removeOldDrafts(folder: string, nowMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((each) => DRAFT.test(each))) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found !== null && found.mtimeMs < nowMs - DRAFT_LIFE_MS) await rm(path).catch(() => {})
  }
}

interface Target {
  readonly path: string
  /** A regular file, or nothing yet. */
  readonly replaceable: boolean
}

async function targetOf(path: string): Promise<Target> {
  try {
    const real = await realpath(path)
    const found = await stat(real)
    if (found.isDirectory()) throw new Error('it is a folder, a file name is needed')
    return { path: real, replaceable: found.isFile() }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    return { path, replaceable: true }
  }
}

async function replace(
  path: string,
  content: Uint8Array | string,
  { durable, mode }: { readonly durable: boolean; readonly mode: number },
): Promise<void> {
  const folder = dirname(path)
  const draft = join(folder, `.offtrail-${randomUUID()}.tmp`)
  try {
    const file = await open(draft, 'wx', mode)
    try {
      await file.writeFile(content)
      if (durable) await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  if (durable) await syncFolder(folder)
}

/** The same for folders that were made: the names of all below `top`. */
async function syncAbove(folder: string, top: string): Promise<void> {
  for (let at = resolve(folder); at !== resolve(top); at = dirname(at))
    await syncFolder(dirname(at))
}

/** Makes the new name itself survive a power cut, where the file system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  if (handle === null) return
  try {
    await handle.sync()
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error
  } finally {
    await handle.close()
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
