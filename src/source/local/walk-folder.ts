import { readdir, realpath } from 'node:fs/promises'
import type { SourceObject, Unreadable } from '../source.ts'
import { lookAtEntry, type Seen, unreadableFrom } from './look.ts'
import { joinPath, keyFromPath, type PathBytes } from './path-key.ts'

/** Entries looked at together: enough to keep the disk busy, few enough to hold. */
const LOOK_COUNT = 64

/**
 * All files below a folder, at any depth: of each folder its files by name, then its folders by name. Names that
 * start with a dot are left out, and so is every path that `elsewhere` names, since it is listed on its own.
 * A folder that cannot be listed is one unreadable entry, and the walk goes on.
 */
export async function* walkFolder(
  root: PathBytes,
  elsewhere: ReadonlySet<string>,
): AsyncGenerator<SourceObject | Unreadable> {
  const pending = [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const folders: PathBytes[] = []
    for await (const seen of entriesOf(folder, root, elsewhere)) {
      if (seen.kind === 'folder') folders.push(seen.path)
      else if (seen.kind !== 'nothing') yield seen
    }
    for (const path of folders.reverse()) pending.push(path)
  }
}

async function* entriesOf(
  folder: PathBytes,
  root: PathBytes,
  elsewhere: ReadonlySet<string>,
): AsyncGenerator<Seen> {
  try {
    const realRoot = await realpath(root, { encoding: 'buffer' })
    const names = await visibleNames(folder)
    for (let from = 0; from < names.length; from += LOOK_COUNT) {
      const paths = names.slice(from, from + LOOK_COUNT).map((name) => joinPath(folder, name))
      const ours = paths.filter((path) => elsewhere.size === 0 || !elsewhere.has(keyFromPath(path)))
      yield* await Promise.all(ours.map((path) => lookAtEntry(path, realRoot)))
    }
  } catch (error) {
    yield unreadableFrom(folder, error)
  }
}

/** In `latin1` a name is its bytes, one a character: exact for every name, and half the memory of buffers. */
async function visibleNames(folder: PathBytes): Promise<readonly string[]> {
  const names = await readdir(folder, { encoding: 'latin1' })
  return names.filter((name) => !name.startsWith('.')).sort()
}
