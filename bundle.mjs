// Joins the program's modules, and those of packages of many files, into a few: most of what starting took was finding files.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

/** Packages of many small files; all others are loaded as they are, where they are needed. */
const JOINED = ['commander', 'kysely', 'typebox', 'yaml']
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

rmSync('dist/src/program', { recursive: true, force: true })
await build({
  entryPoints: [
    { in: 'src/main.ts', out: 'main' },
    { in: 'src/index.ts', out: 'index' },
    { in: 'src/pipeline/reading/reading-thread.ts', out: 'program/reading-thread' },
    { in: 'src/pipeline/scoring/scoring-thread.ts', out: 'program/scoring-thread' },
  ],
  outdir: 'dist/src',
  // One folder deep, as the modules are: what they look for beside themselves is found.
  chunkNames: 'program/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  external: Object.keys(dependencies).filter((name) => !JOINED.includes(name)),
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  // Properties that are spread together where they are written become plain ones: a twentieth of a run's CPU.
  minifySyntax: true,
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
})
copyFileSync('dist/src/event/scan/scanner.wasm', 'dist/src/program/scanner.wasm')
writeFileSync('dist/src/program/LICENSES.txt', JOINED.map(licenceOf).join('\n'))

function licenceOf(name) {
  const folder = `node_modules/${name}`
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  return `${name}\n\n${readFileSync(`${folder}/${file}`, 'utf8')}`
}
