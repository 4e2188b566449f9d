import { expect, it } from 'vitest'
import { reachOf } from '../../../../../src/sink/web/address.ts'

it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
  'knows %s as public',
  (address) => expect(reachOf(address)).toBe('public'),
)

it.each([
  ...['127.0.0.1', '127.255.255.254', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['100.64.0.1', '100.127.255.255', '::1', 'fc00::1', 'fd12:3456::1', '::ffff:10.0.0.1'],
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:ffff:c0a8:0101'],
])('knows %s as private', (address) => expect(reachOf(address)).toBe('private'))

it.each([
  ...['169.254.169.254', '169.254.170.2', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '0.0.0.0'],
  ...['224.0.0.1', '239.255.255.255', '255.255.255.255', '240.0.0.1', '192.0.2.1', '198.18.0.1'],
  ...['::', 'fe80::1', 'ff02::1', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1', '2001:0:1::1'],
  ...['::127.0.0.1', '2001:db8::1', 'example.com', ''],
])('refuses %s always', (address) => expect(reachOf(address)).toBe('nowhere'))
