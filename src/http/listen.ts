import { Fault } from '../base/fault.ts'
import type { HttpApp } from './http-types.ts'
import { isLoopback } from './loopback.ts'

/** Where to listen. Port 0 takes any free one. */
export interface Address {
  readonly host?: string
  readonly port?: number
  /** Whether other addresses than loopback may be listened on: only where tokens are asked for. */
  readonly beyondLoopback?: boolean
}

/** What `serve` listens on unless told otherwise. */
export const DEFAULT_ADDRESS = { host: '127.0.0.1', port: 8787 } as const

/**
 * Starts to answer, on loopback only unless told otherwise: whoever reaches the port could read everything. `app.close()` stops: what is being
 * answered is finished, new requests are refused. Resolves to the URL; throws `USAGE` for any other host
 * and for a port that is taken or not allowed.
 */
export async function listen(app: HttpApp, address: Address = {}): Promise<string> {
  const { host, port, beyondLoopback = false } = { ...DEFAULT_ADDRESS, ...address }
  const bound = host === 'localhost' ? DEFAULT_ADDRESS.host : host
  if (!beyondLoopback && !isLoopback(bound)) {
    throw new Fault(
      'USAGE',
      `without --tokens serve listens on loopback addresses only (127.0.0.1, ::1), and was given '${host}': make a token with offtrail token create, or use a tunnel, for example ssh -L ${port}:127.0.0.1:${port} HOST`,
    )
  }
  try {
    return await app.listen({ host: bound, port })
  } catch (cause) {
    throw new Fault('USAGE', `cannot listen on ${host} port ${port}: ${reasonOf(cause)}`, { cause })
  }
}

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['EADDRINUSE', 'the port is taken; choose another one'],
  ['EACCES', 'the port is not allowed; choose one above 1023'],
  ['EADDRNOTAVAIL', 'this machine does not have the address'],
  ['ERR_SOCKET_BAD_PORT', 'ports are whole numbers from 0 to 65535'],
])

function reasonOf(cause: unknown): string {
  const { code, message } = cause as { code?: string; message?: string }
  return REASONS.get(code) ?? String(message)
}
