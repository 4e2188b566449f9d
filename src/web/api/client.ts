import { answerFrom } from '../report/answers.ts'
import { report } from '../report/report-data.ts'
import type { Page } from './answers.ts'
import { token } from './token.ts'

type Query = Readonly<Record<string, string | number | readonly string[] | null | undefined>>

/** An answer that is none: what the server says about it, and its status. 0: the server was not reached. */
export class Refused extends Error {
  readonly status: number
  /** Whether another token is known by now than the one that was refused, or none. */
  readonly isOutdated: boolean

  constructor(status: number, detail: string, isOutdated = false) {
    super(detail)
    this.status = status
    this.isOutdated = isOutdated
  }
}

/** Asks the server this page came from; a report answers out of what it holds. Throws `Refused`. */
export async function ask<Answer>(path: string, query: Query = {}): Promise<Answer> {
  if (report === null) return answerTo(urlOf(path, query), {})
  const answer = answerFrom(report, path, query)
  if (answer === undefined) throw new Refused(404, 'This report does not hold that: ask a server.')
  return answer as Answer
}

/** Writes, with what stands in `body`. Throws `Refused`. */
export function send<Answer>(
  method: 'PUT' | 'DELETE',
  path: string,
  body?: object,
): Promise<Answer> {
  if (body === undefined) return answerTo(path, { method })
  const headers = { 'content-type': 'application/json' }
  return answerTo(path, { method, headers, body: JSON.stringify(body) })
}

/** An answer, and the name of its content. */
export interface Answered<Answer> {
  readonly etag: string | null
  readonly answer: Answer
}

/** Asks once more: the very answer that is `known` where its content is the same. Throws `Refused`. */
export async function askAgain<Answer>(
  path: string,
  known: Answered<Answer> | null,
): Promise<Answered<Answer>> {
  const headers = { ...(known?.etag && { 'if-none-match': known.etag }) }
  const response = await responseTo(path, { headers })
  if (known !== null && response.status === 304) return known
  return { etag: response.headers.get('etag'), answer: await answerIn(response) }
}

async function answerTo<Answer>(url: string, options: RequestInit): Promise<Answer> {
  return answerIn(await responseTo(url, options))
}

async function responseTo(url: string, options: RequestInit): Promise<Response> {
  const known = token.get()
  const headers = {
    accept: 'application/json',
    ...(known && { authorization: `Bearer ${known}` }),
    ...options.headers,
  }
  const response = await fetch(url, { ...options, headers }).catch(() => {
    throw new Refused(0, 'The server does not answer. Is it running?')
  })
  if (response.status === 401 && token.get() !== known)
    throw new Refused(401, 'This was asked with another token.', true)
  return response
}

async function answerIn<Answer>(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body as Answer
  const { detail } = (body ?? {}) as { readonly detail?: string }
  throw new Refused(response.status, detail ?? `The server answered ${response.status}.`)
}

/** The pages of a list, one after the other, at most `most` of them. */
export async function* pages<Item>(path: string, query: Query, most: number) {
  let cursor: string | undefined
  for (let at = 0; at < most; at++) {
    const page: Page<Item> = await ask(path, { limit: 500, ...query, cursor })
    yield page.items
    if (page.nextCursor === undefined) return true
    cursor = page.nextCursor
  }
  return false
}

/** All items of those pages, and whether that is all there are. */
export async function listed<Item>(path: string, query: Query, most: number) {
  const items: Item[] = []
  const all = pages<Item>(path, query, most)
  let step = await all.next()
  while (step.done !== true) {
    items.push(...step.value)
    step = await all.next()
  }
  return { items, isWhole: step.value }
}

/** Path and query of a question. */
export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

/** A line that asks the same in a shell. */
export function curlLine(path: string): string {
  const header = token.get() === null ? '' : '-H "Authorization: Bearer $TOKEN" '
  return `curl -s ${header}'${location.origin}${path.replaceAll("'", '%27')}'`
}
