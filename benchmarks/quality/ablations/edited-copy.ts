import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ablation, applied } from './ablation.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Does something with a copy of folders of the project, `models/` among them, that has the edits of an ablation in it, and
 * removes it again. It lies under `dist/`, from where it still finds its packages.
 * @throws Error with the name of the ablation where an edit no longer fits, or where what is done throws.
 */
export async function withEdited<Result>(
  { name, edits }: Ablation,
  folders: readonly string[],
  act: (copy: string) => Result | Promise<Result>,
): Promise<Result> {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  const copy = mkdtempSync(join(ROOT, 'dist', `${name}-`))
  try {
    for (const folder of folders)
      cpSync(join(ROOT, folder), join(copy, folder), { recursive: true, filter: isSource })
    for (const edit of edits) {
      const file = join(copy, 'models', edit.file)
      writeFileSync(file, applied(edit, readFileSync(file, 'utf8')))
    }
    return await act(copy)
  } catch (cause) {
    throw new Error(`ablation ${name}: ${(cause as Error).message}`, { cause })
  } finally {
    rmSync(copy, { recursive: true })
  }
}

/** Not a tsconfig.json, which would look for its base beside the copy. */
const isSource = (path: string): boolean => !/tsconfig.*\.json$/.test(path)
