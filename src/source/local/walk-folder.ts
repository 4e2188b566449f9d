import { readdir, realpath } from 'node:fs/promises'
import { type DeliverySpan, isDelivered, mayHoldDelivered } from '../delivery-span.ts'
import { parseObjectName } from '../object-name.ts'
import type { SourceObject, Unreadable } from '../source.ts'
import { lookAtEntry, type Seen, unreadableFrom } from './look.ts'
import { joinPath, keyFromPath, type PathBytes } from './path-key.ts'

/** Entries looked at together: enough to keep the disk busy, few enough to hold. */
const LOOK_COUNT = 64

/** What is left out of a walk. */
export interface WalkOptions {
  /** Keys of paths that are listed on their own; unless named: none. */
  readonly elsewhere?: ReadonlySet<string>
  /** When what is wanted was delivered, as names of CloudTrail's say; null: whenever. */
  readonly span?: DeliverySpan | null
}

/**
 * All files below a folder, at any depth: of each folder its files by name, then its folders by name. Names that
 * start with a dot are left out. Days that are not wanted are not looked into.
 * A folder that cannot be listed is one unreadable entry, and the walk goes on.
 */
export async function* walkFolder(
  root: PathBytes,
  options: WalkOptions = {},
): AsyncGenerator<SourceObject | Unreadable> {
  const { span = null } = options
  const pending = [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const folders: PathBytes[] = []
    for await (const seen of entriesOf(folder, root, options)) {
      if (seen.kind === 'folder') folders.push(seen.path)
      else if (seen.kind !== 'nothing') yield seen
    }
    const wanted = folders.filter(
      (path) => span === null || mayHoldDelivered(keyFromPath(path), span),
    )
    for (const path of wanted.reverse()) pending.push(path)
  }
}

async function* entriesOf(
  folder: PathBytes,
  root: PathBytes,
  { elsewhere = NOWHERE, span = null }: WalkOptions,
): AsyncGenerator<Seen> {
  try {
    const realRoot = await realpath(root, { encoding: 'buffer' })
    const visible = await visibleNames(folder)
    const names =
      span === null ? visible : visible.filter((name) => isDelivered(parseObjectName(name), span))
    for (let from = 0; from < names.length; from += LOOK_COUNT) {
      const paths = names.slice(from, from + LOOK_COUNT).map((name) => joinPath(folder, name))
      const ours = paths.filter((path) => elsewhere.size === 0 || !elsewhere.has(keyFromPath(path)))
      yield* await Promise.all(ours.map((path) => lookAtEntry(path, realRoot)))
    }
  } catch (error) {
    yield unreadableFrom(folder, error)
  }
}

const NOWHERE: ReadonlySet<string> = new Set()

/** In `latin1` a name is its bytes, one a character: exact for every name, and half the memory of buffers. */
async function visibleNames(folder: PathBytes): Promise<readonly string[]> {
  const names = await readdir(folder, { encoding: 'latin1' })
  return names.filter((name) => !name.startsWith('.')).sort()
}
