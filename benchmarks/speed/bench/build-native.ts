import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installed } from './installed.ts'

/** A package that has simdjson's single header and source. */
export const SIMDJSON = '@nozbe/simdjson@3.9.4'
const SOURCE = fileURLToPath(new URL('../../../../benchmarks/native/count.cpp', import.meta.url))

/** Builds the C++ peer into a folder; it takes a C++ compiler and Debian's libdeflate-dev. Throws where one is missing. */
export function buildNative(folder: string): string {
  const simdjson = join(installed(SIMDJSON), 'node_modules/@nozbe/simdjson/src')
  const program = join(folder, 'count')
  const { status } = spawnSync(
    'c++',
    [
      ...['-O3', '-march=native', '-std=c++20', '-DNDEBUG', '-I', simdjson],
      ...[SOURCE, join(simdjson, 'simdjson.cpp'), '-ldeflate', '-o', program],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (status !== 0) throw new Error('--native takes a C++ compiler and libdeflate-dev')
  return program
}
