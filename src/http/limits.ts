import type { Server } from 'node:http'

/**
 * What one connection or request may cost: milliseconds and bytes. But for events, bodies are small; a slow or silent client is cut off, and checked for every two seconds.
 */
export const REQUEST_LIMITS = {
  requestTimeout: 15_000,
  connectionTimeout: 30_000,
  keepAliveTimeout: 30_000,
  handlerTimeout: 10_000,
  maxRequestsPerSocket: 1_000,
  bodyLimit: 64 * 1024,
  http: {
    headersTimeout: 10_000,
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: 16 * 1024,
  },
  routerOptions: { maxParamLength: 100 },
} as const

/** Bytes of one body of events as sent, and how many such bodies are taken in at once. */
export const PUSH_LIMITS = { bodyBytes: 5 * 2 ** 20, atOnce: 32 } as const

/** Query parameters and characters of a URL that are read. */
export const URL_LIMITS = { parameters: 64, characters: 4_096 } as const

/** Rows of one page, and values of one repeated query parameter. */
export const PAGE_LIMITS = { rows: 500, defaultRows: 100, values: 32 } as const

const MAX_CONNECTIONS = 512
const MAX_HEADERS = 64

/** Sets the limits that Node keeps on the server object itself. */
export function limitServer(server: Server): void {
  server.maxConnections = MAX_CONNECTIONS
  server.maxHeadersCount = MAX_HEADERS
}
