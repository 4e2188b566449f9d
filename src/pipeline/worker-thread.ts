import { type ResourceLimits, Worker } from 'node:worker_threads'
import { Fault } from '../base/fault.ts'

/** What a thread runs, how much it may take, and who hears of it. */
export interface ThreadPlan<Reply> {
  readonly code: URL
  readonly limits?: ResourceLimits
  readonly onReply: (reply: Reply) => void
  /** When it has ended by itself, or says what nobody can read; perhaps more than once. */
  readonly onLost: (cause: unknown) => void
}

/**
 * The thread of a name whose source is beside a module, which says where it is by its `import.meta.url`. Threads run the built
 * program, also where the sources are run as they are.
 */
export function threadBeside(module: string, name: string): URL {
  if (!module.endsWith('.ts')) return new URL(`${name}.js`, module)
  const sources = module.lastIndexOf('/src/')
  return new URL(`${name}.js`, `${module.slice(0, sources)}/dist${module.slice(sources)}`)
}

/** Starts a thread. */
export function startThread<Reply>({ code, limits, onReply, onLost }: ThreadPlan<Reply>): Worker {
  const worker = new Worker(code, {
    execArgv: [],
    ...(limits === undefined ? {} : { resourceLimits: limits }),
  })
  worker.on('message', onReply)
  worker.on('error', onLost)
  worker.on('messageerror', onLost)
  worker.on('exit', (exit) => onLost(new Error(`it ended with code ${exit}`)))
  return worker
}

/** `WORKER_LOST` of a thread, called what it is, `a scoring thread` say, with what it was at where that is known. */
export function lostFault(thread: string, cause: unknown, at = ''): Fault {
  const words = cause instanceof Error ? cause.message : String(cause)
  return new Fault('WORKER_LOST', `${thread} was lost${at}: ${words}`, { cause })
}
