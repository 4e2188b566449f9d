import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Running, start } from './running.ts'

export const PAGE = '/v1/insights?limit=100'
export const LIVE = '/livez'

const MAIN = fileURLToPath(new URL('../../../src/main.js', import.meta.url))
const SLOW = fileURLToPath(new URL('./slow-loris.js', import.meta.url))
const BARE = fileURLToPath(new URL('./bare-server.js', import.meta.url))

/** A server on loopback in a process of its own. */
export interface Served {
  readonly url: string
  readonly process: Running
}

/** `offtrail serve` as anybody starts it: no setting differs. */
export function serveOurs(store: string): Promise<Served> {
  return served(start(MAIN, ['serve', '--store', store, '--port', '0']))
}

/** A bare Fastify route that answers every page with the bytes of a file. */
export function serveBare(pageFile: string): Promise<Served> {
  return served(start(BARE, [pageFile]))
}

/** Holds sockets open that send a byte of a header now and then. Resolves once all of them are open. */
export async function holdSlow({ url }: Served, count: number): Promise<Running> {
  const slow = start(SLOW, [new URL(url).port, String(count)])
  await slow.says(/all open/)
  return slow
}

/** `offtrail run` beside the server, on the same store. */
export function startRun(store: string, folder: string): Running {
  return start(MAIN, ['run', '--quiet', '--store', store, '--input', folder])
}

/** One page, whole. Throws unless it is answered with 200. */
export async function pageOf({ url }: Pick<Served, 'url'>): Promise<string> {
  const answer = await fetch(url + PAGE)
  if (answer.status !== 200) throw new Error(`error: ${PAGE} is answered with ${answer.status}`)
  return await answer.text()
}

/** Keeps a page in a file, for those who answer with it or check answers by it. */
export function keepPage(page: string, scratch: string): string {
  const file = join(scratch, `page-${process.pid}.json`)
  writeFileSync(file, page)
  return file
}

async function served(process: Running): Promise<Served> {
  const [url] = await process.says(/http:\/\/127\.0\.0\.1:\d+/)
  return { url, process }
}
