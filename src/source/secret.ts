import { readFileSync, statSync } from 'node:fs'
import { Fault } from '../base/fault.ts'
import type { SecretPlace } from '../base/sinks.ts'
import { refuseShared } from './key-file.ts'

/**
 * Reads a secret out of a file (blanks around it go) or an environment variable. Throws `SETTINGS_INVALID` where there is none, or
 * where others may read the file too.
 */
export function readSecret(
  { file, env }: SecretPlace,
  variable: (name: string) => string | undefined,
): string {
  const secret = file === undefined ? variable(env ?? '') : textOf(file)
  if (secret !== undefined && secret.trim() !== '') return secret.trim()
  const place = file === undefined ? `the environment variable ${env}` : file
  throw new Fault('SETTINGS_INVALID', `${place} holds no secret: put it there`)
}

function textOf(path: string): string {
  try {
    refuseShared(path, statSync(path))
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    const reason = (cause as Error).message
    throw new Fault('SETTINGS_INVALID', `cannot read the secret in ${path}: ${reason}`, { cause })
  }
}
