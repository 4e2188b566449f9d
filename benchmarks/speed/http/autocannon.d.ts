/** As much of autocannon as is used here; it brings no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  interface Request {
    readonly method: 'GET'
    readonly path: string
    readonly onResponse: (status: number, body: string) => void
  }
  interface Options {
    readonly url: string
    readonly connections: number
    /** Seconds. */
    readonly duration: number
    /** How often it looks whether to stop, milliseconds. */
    readonly sampleInt: number
    /** Requests of one connection before it makes a new one. */
    readonly reconnectRate: number
    readonly requests: readonly Request[]
  }
  interface Result {
    /** Connections that failed and questions that were not answered in time. */
    readonly errors: number
  }
  interface Instance extends EventEmitter {
    stop(): void
  }
  export default function autocannon(
    options: Options,
    done: (error: Error | null, result: Result) => void,
  ): Instance
}
