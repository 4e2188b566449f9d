import { Fault } from '../../base/fault.ts'
import type { HttpApp } from '../http-types.ts'

type Query = Readonly<Record<string, string | number | null>>

/** What the API answers. Throws `USAGE` with its words where it refuses. */
export async function got<Answer>(app: HttpApp, path: string, query: Query = {}): Promise<Answer> {
  const given = Object.entries(query).filter(([, value]) => value !== null)
  const search = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  )
  const reply = await app.inject({ url: `${path}?${search}`, headers: { host: 'localhost' } })
  const body = reply.json<Answer & { readonly detail?: string }>()
  if (reply.statusCode === 200) return body
  throw new Fault('USAGE', body.detail ?? `${path} answers ${reply.statusCode}`)
}

/** Every item of a list, page by page. */
export async function everyItem<Item>(
  app: HttpApp,
  path: string,
  query: Query,
): Promise<readonly Item[]> {
  const all: Item[] = []
  let cursor: string | null = null
  do {
    const page: { readonly items: readonly Item[]; readonly nextCursor?: string } = await got(
      app,
      path,
      { ...query, limit: 500, cursor },
    )
    all.push(...page.items)
    cursor = page.nextCursor ?? null
  } while (cursor !== null)
  return all
}
