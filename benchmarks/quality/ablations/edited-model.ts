import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Model } from '../entrants/ours.ts'
import { type Ablation, applied } from './ablation.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Our model with the edits of an ablation in it: a copy of `models/` in a folder of its own under
 * `dist/`, from where it still finds its one package, is edited, loaded and removed again.
 * @throws Error with the name of the ablation where an edit no longer fits.
 */
export async function editedModel({ name, edits }: Ablation): Promise<Model> {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, 'dist', `${name}-`))
  try {
    // Without its tsconfig.json, which would look for its base beside the copy.
    cpSync(join(ROOT, 'models'), folder, { recursive: true, filter: isSource })
    for (const edit of edits) {
      const file = join(folder, edit.file)
      writeFileSync(file, applied(edit, readFileSync(file, 'utf8')))
    }
    return (await import(pathToFileURL(join(folder, 'index.ts')).href)) as Model
  } catch (cause) {
    throw new Error(`ablation ${name}: ${(cause as Error).message}`, { cause })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const isSource = (path: string): boolean => !path.endsWith('.json')
