import { beforeAll, describe, expect, it } from 'vitest'
import { place } from '../support/offtrail.ts'
import { writeDays } from '../support/pipeline-world.ts'

const NOTE_IMPORTS = new URL('../support/note-imports.mjs', import.meta.url).href
/** As many files as this take a twentieth of a second. */
const FILES_AT_MOST = 100

const { offtrail, path } = place()

beforeAll(() => writeDays(path('trail'), { from: 0, until: 1 }, () => []))

describe('what is loaded before anything is done', () => {
  it('is no package for --version and --help', () => {
    expect(importsOf(['--version']).packages).toEqual([])
    expect(importsOf(['--help']).packages).toEqual([])
  })

  it('is what a run over files needs: no client of AWS, no server', () => {
    const { packages, count } = importsOf(['run', 'trail'])
    const needed = ['better-sqlite3', 'ical.js', 'luxon', 'mustache', 'picocolors']
    expect(packages).toEqual([...needed, 'simple-statistics'])
    expect(count).toBeLessThan(FILES_AT_MOST)
  })

  it('is few files for a server, too, beside Fastify and what that brings', () => {
    const { packages, count } = importsOf(['serve', '--help'])
    expect(packages).not.toContainEqual(expect.stringMatching(/^@aws-sdk/))
    expect(count).toBeLessThan(FILES_AT_MOST)
  })
})

function importsOf(args: readonly string[]) {
  const { code, err } = offtrail(args, '', ['--import', NOTE_IMPORTS])
  expect(code).toBe(0)
  const files = [...err.matchAll(/^imported (.+)$/gm)].map(([, url]) => url ?? '')
  const packages = files.flatMap((url) => url.match(PACKAGE)?.[1] ?? [])
  return { packages: [...new Set(packages)].sort(), count: files.length }
}

const PACKAGE = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//
