import { join } from 'node:path'
import type { Insight } from '../insight/insight.ts'
import { isOfAws } from '../insight/record.ts'
import { writeAtomically } from './file.ts'
import { insightFiles } from './insight-files.ts'
import type { Sink } from './sink.ts'

/** A folder as a sink: `deliverToFolder` under a name. */
export function insightFolder(root: string, options: { readonly strict: boolean }): Sink {
  return {
    name: `folder ${root}`,
    takes: isOfAws,
    deliver: async (insights) => {
      await deliverToFolder(root, insights, options)
    },
  }
}

/**
 * Writes the files of `insightFiles` below a folder: delivering the same insights again writes the same files.
 * @returns the paths written, in order of their names
 * Throws `STORAGE_FAILED` as `writeAtomically` does.
 */
export async function deliverToFolder(
  root: string,
  insights: readonly Insight[],
  options: { readonly strict: boolean },
): Promise<readonly string[]> {
  const paths: string[] = []
  for (const { key, bytes } of await insightFiles(insights, options)) {
    const path = join(root, ...key.split('/'))
    await writeAtomically(path, bytes)
    paths.push(path)
  }
  return paths
}
