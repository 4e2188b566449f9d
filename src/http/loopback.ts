import { BlockList, isIP } from 'node:net'

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Whether an address (`127.0.0.1`, `::1`, `::ffff:127.0.0.1`) never leaves this machine. Names are no addresses. */
export function isLoopback(address: string): boolean {
  const version = isIP(address)
  return version !== 0 && LOOPBACK.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** The name in a `Host` header, without port and brackets, lower case; null where it is none. */
export function hostName(host: string): string | null {
  const authority = `http://${host}`
  if (/[/?#@\\\s]/.test(host) || !URL.canParse(authority)) return null
  return new URL(authority).hostname.replace(/^\[|\]$/g, '')
}
