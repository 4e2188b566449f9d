import { expect, it } from 'vitest'
import { knock } from '../../../../../src/sink/web/post.ts'
import { LOCAL, receiver } from '../../../../support/receiver.ts'

it('connects to the addresses that a name has by then, whichever answers, and sends nothing', async () => {
  const { url, received, connections } = await receiver()
  const named = url.replace('127.0.0.1', 'chat.example')
  const resolve = async () => [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ]
  expect(await knock(named, { ...LOCAL, resolve })).toBe(new URL(named).host)
  expect([connections(), received]).toEqual([1, []])
})

it('connects nowhere inside a network, unless that is allowed', async () => {
  const { url, connections } = await receiver()
  await expect(knock(url, { allowHttp: true })).rejects.toMatchObject({ about: 'place' })
  expect(connections()).toBe(0)
})
