import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Model } from '../entrants/ours.ts'
import type { Ablation } from './ablation.ts'
import { withEdited } from './edited-copy.ts'

/**
 * Our model with the edits of an ablation in it.
 * @throws Error with the name of the ablation where an edit no longer fits.
 */
export function editedModel(ablation: Ablation): Promise<Model> {
  return withEdited(
    ablation,
    ['models'],
    async (copy) => (await import(pathToFileURL(join(copy, 'models', 'index.ts')).href)) as Model,
  )
}
