import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FAULTS } from '../../src/base/fault.ts'
import { VERSION } from '../../src/base/version.ts'

const text = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const filesIn = (root: string): readonly string[] =>
  readdirSync(new URL(`../../${root}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${root}/${path}`)

it('explains every fault in src/base/faults.md, and no fault that is gone', () => {
  const explained = [...text('src/base/faults.md').matchAll(/^## (\w+)$/gm)].map(([, code]) => code)
  expect(explained.sort()).toEqual(Object.keys(FAULTS).sort())
})

it('names one version', () => {
  expect(JSON.parse(text('package.json')).version).toBe(VERSION)
})

it.each(filesIn('models').filter((path) => !/index|invariant/.test(path)))(
  '%s has a test of its own',
  (path) => {
    const test = `test/unit/${path.replace(/\.ts$/, '')}`
    const found = ['.test.ts', '.property.test.ts'].some((end) =>
      existsSync(new URL(`../../${test}${end}`, import.meta.url)),
    )
    expect(found, `write ${test}.test.ts`).toBe(true)
  },
)

it('squares, but raises to no other power in models/: engines round those differently from version to version', () => {
  const raised = filesIn('models').flatMap((path) =>
    [
      ...text(path).matchAll(
        /^(?!\s*(?:\/\*)?\*).*(?:Math\.pow|\*\*(?! (?:2|-ageDays|40)\b)).*$/gm,
      ),
    ].map(([line]) => `${path}: ${line.trim()}`),
  )
  expect(raised).toEqual([])
})
