import { fileURLToPath } from 'node:url'
import { lastWord, type Running, start } from './running.ts'

/** Clients that each ask these paths in turn, the next as soon as the one before is answered. */
export interface Stream {
  readonly connections: number
  readonly paths: readonly string[]
}

/** What a load generator is to do. */
export interface LoadTask {
  readonly url: string
  readonly streams: readonly Stream[]
  /** At most; it can be told to stop before. */
  readonly seconds: number
  /** The file of the page that is to be answered. */
  readonly pageFile: string
}

/** What came of one path. */
export interface PathLoad {
  readonly answers: number
  /** Answers other than 200 or with other bytes. */
  readonly wrong: number
  /** Milliseconds from question to whole answer. */
  readonly p50: number
  readonly p99: number
}

export interface Load {
  readonly seconds: number
  /** Connections that failed and questions without an answer. */
  readonly errors: number
  readonly paths: Readonly<Record<string, PathLoad>>
}

const GENERATOR = fileURLToPath(new URL('./load-generator.js', import.meta.url))

/** Starts a load generator in a process of its own. It loads until its time is up or it is told to stop. */
export function startLoad(task: LoadTask): Running {
  return start(GENERATOR, [JSON.stringify(task)])
}

/** Loads a server, and waits for what comes of it. Throws where an answer was wrong. */
export async function loadRightly(task: LoadTask): Promise<Load> {
  return allRight(lastWord(await startLoad(task).ended))
}

/** The same load. Throws where an answer was wrong or did not come. */
export function allRight(load: Load): Load {
  const wrong = Object.values(load.paths).reduce((sum, path) => sum + path.wrong, load.errors)
  if (wrong > 0)
    throw new Error(`error: ${wrong} answers are other than 200, have other bytes, or did not come`)
  return load
}
