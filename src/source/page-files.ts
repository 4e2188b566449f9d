import { existsSync, readFileSync } from 'node:fs'

/** The built page, as shipped with the program; null where the program runs from its sources. */
export function pageFiles(): {
  readonly html: string
  readonly script: string
  readonly style: string
} | null {
  const place = (name: string) => new URL(`../web/${name}`, import.meta.url)
  if (!existsSync(place('page.js'))) return null
  const text = (name: string) => readFileSync(place(name), 'utf8')
  return { html: text('index.html'), script: text('page.js'), style: text('page.css') }
}
