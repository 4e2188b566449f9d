import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'

/** Bytes of a template file at most. */
const MOST_BYTES = 65_536

/**
 * Puts the text of the files that sinks of raw settings name beside their names (`template`); files lie where the folder says.
 * Gives what is wrong with files, by its place in the settings.
 */
export function readTemplates(
  raw: unknown,
  folder: string,
): readonly { readonly path: string; readonly words: string }[] {
  const { sinks } = (raw ?? {}) as { sinks?: unknown }
  if (!Array.isArray(sinks)) return []
  return (sinks as unknown[]).flatMap((sink, place) => {
    const named = sink as { templateFile?: unknown; template?: unknown } | null
    if (typeof named?.templateFile !== 'string') return []
    const path = `sinks.${place}.templateFile`
    if (named.template !== undefined)
      return [{ path, words: 'takes either template or templateFile' }]
    try {
      named.template = textOf(resolve(folder, named.templateFile))
      return []
    } catch (error) {
      const { message } = error as Error
      return [{ path, words: `cannot read the template ${named.templateFile} (${message})` }]
    }
  })
}

function textOf(path: string): string {
  const found = statSync(path)
  if (!found.isFile()) throw new Error('it is no file')
  if (found.size > MOST_BYTES) throw new Error('it is larger than 64 KiB')
  return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
}
