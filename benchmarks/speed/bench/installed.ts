import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Installs a package into a folder of its own in the user's cache, and gives the folder. */
export function installed(packageAtVersion: string): string {
  const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const folder = join(caches, 'offtrail-bench', packageAtVersion.replace(/[@/]+/g, '-'))
  // npm writes it last: without it an earlier attempt did not end.
  if (existsSync(join(folder, 'package-lock.json'))) return folder
  mkdirSync(folder, { recursive: true })
  process.stderr.write(`installing ${packageAtVersion} into ${folder}\n`)
  const { status } = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      packageAtVersion,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (status !== 0) throw new Error(`npm could not install ${packageAtVersion}`)
  return folder
}
