import { describe, expect, it } from 'vitest'
import { hostName, isLoopback } from '../../../../src/http/loopback.ts'

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '0:0:0:0:0:0:0:1'])(
    'knows that %s stays on this machine',
    (address) => expect(isLoopback(address)).toBe(true),
  )

  it.each(['128.0.0.1', '0.0.0.0', '::', '::2', '::ffff:10.0.0.1', 'localhost', '', '127.1'])(
    'does not trust %s',
    (address) => expect(isLoopback(address)).toBe(false),
  )
})

describe('hostName', () => {
  it.each([
    ['LocalHost:80', 'localhost'],
    ['[::1]:8787', '::1'],
    ['127.0.0.1', '127.0.0.1'],
    ['a.example', 'a.example'],
  ])('reads %s as %s', (host, name) => expect(hostName(host)).toBe(name))

  it.each(['', 'a b', 'a/b', 'user@localhost', 'a?b', 'a#b', 'a\\b', '[::1', 'a:port', '\u0000'])(
    'reads no name in %j',
    (host) => expect(hostName(host)).toBeNull(),
  )
})
