import { BlockList, isIP } from 'node:net'

/** IANA's special-purpose registries: what is inside a network, and what no service can be at. */
const PRIVATE = blockList([
  ...['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ...['::1/128', 'fc00::/7'],
])
const NOWHERE = blockList([
  ...['0.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
])
const GLOBAL = blockList(['2000::/3'])

/**
 * What an IP address leads to: anywhere on the internet, somewhere inside (loopback, private, shared and unique local addresses), or
 * to nothing that is to be asked: link-local, where clouds keep credentials, multicast, reserved, and IPv6 that wraps IPv4 by
 * tunnel or translation. IPv4 mapped into IPv6 is what it maps.
 */
export function reachOf(address: string): 'public' | 'private' | 'nowhere' {
  const version = isIP(address)
  const kind = version === 6 ? 'ipv6' : 'ipv4'
  const isMapped = /^::ffff:/i.test(address)
  if (version === 0 || NOWHERE.check(address, kind)) return 'nowhere'
  if (PRIVATE.check(address, kind)) return 'private'
  return version === 4 || isMapped || GLOBAL.check(address, kind) ? 'public' : 'nowhere'
}

function blockList(subnets: readonly string[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [network = '', prefix = ''] = subnet.split('/')
    list.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
