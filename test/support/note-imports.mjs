// Given to Node.js by --import: says on standard error, a line each, which files are imported.
import { writeSync } from 'node:fs'
import { register } from 'node:module'
import { isMainThread } from 'node:worker_threads'

// Hooks have a thread of their own, which loads this file again.
if (isMainThread) register(import.meta.url)

/** Notes a file and loads it as ever. */
export function load(url, context, nextLoad) {
  if (url.startsWith('file:')) writeSync(2, `imported ${url}\n`)
  return nextLoad(url, context)
}
