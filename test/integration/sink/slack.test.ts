import { describe, expect, it } from 'vitest'
import type { SlackSettings } from '../../../src/base/sinks.ts'
import { incidentFrom } from '../../../src/insight/incident.ts'
import type { Insight } from '../../../src/insight/insight.ts'
import { testIncident } from '../../../src/insight/test-incident.ts'
import type { Message } from '../../../src/sink/sink.ts'
import { slack } from '../../../src/sink/slack/slack.ts'
import { anInsight, stillOpen } from '../../support/insights.ts'
import { aWorld, LOCAL, type Received, receiver } from '../../support/receiver.ts'
import { toldTo } from '../../support/sink-world.ts'

const CHANNEL = 'C0123456'
const bot: SlackSettings = {
  ...{ name: 'chat', type: 'slack', token: { env: 'TOKEN' }, channel: CHANNEL, ...LOCAL },
}
const hook: SlackSettings = { name: 'chat', type: 'slack', webhookUrl: { env: 'HOOK' }, ...LOCAL }
const message = (kind: Message['kind'], ...insights: readonly Partial<Insight>[]): Message => ({
  ...{ id: `id of ${kind}`, kind },
  incident: incidentFrom('the-incident', insights.map(anInsight)),
})
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error) => error,
  )

/** Slack's API, as far as it is asked here: refuses what it would refuse. */
async function workspace(errorOf: (method: string, count: number) => string | null = () => null) {
  const messages = new Map<string, Record<string, unknown>>()
  const reply = ({ path, headers, body }: Received, count: number) => {
    const { channel, ts, ...sent } = JSON.parse(body)
    const method = path.slice(1)
    const answer = (error: string | null, more: object = {}) => ({
      body: JSON.stringify({ ok: error === null, ...(error !== null && { error }), ...more }),
    })
    if (headers.authorization !== 'Bearer xoxb-1') return answer('invalid_auth')
    if (channel !== CHANNEL) return answer('channel_not_found')
    const error = errorOf(method, count)
    if (error !== null) return answer(error)
    if (method === 'chat.update' && !messages.has(ts)) return answer('message_not_found')
    const id = method === 'chat.update' ? ts : `1700000000.00000${messages.size}`
    messages.set(id, sent)
    return answer(null, { channel, ts: id })
  }
  const { url, received } = await receiver(reply)
  const world = { ...aWorld({ TOKEN: 'xoxb-1' }), slackApi: url }
  return { world, messages, methods: () => received.map(({ path }) => path.slice(1)) }
}

describe('an incoming webhook', () => {
  it('is sent plain text alone, whatever stands in events', async () => {
    const { url, received } = await receiver(() => ({ body: 'ok' }))
    const evil = { eventName: '<!channel> *x* &\u202e', explanation: '<https://evil.test|click>' }
    const world = aWorld({ HOOK: `${url}/services/T/B/key` })
    const told = message('started', evil, { eventName: 'StopInstances', severity: 41, id: 'b' })
    expect(await slack(hook, world).send(told, null)).toEqual({ answer: 'HTTP 200' })
    expect(received[0]?.path).toBe('/services/T/B/key')
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      text: 'critical: ec2:&lt;!channel&gt; *x* &amp;\\u{202e} and 1 more in 123456789012',
      ...{ mrkdwn: false, unfurl_links: false },
      blocks: [
        {
          type: 'header',
          text: {
            ...{ type: 'plain_text', emoji: false },
            text: 'critical: ec2:<!channel> *x* &\\u{202e} and 1 more in 123456789012',
          },
        },
        {
          type: 'section',
          text: {
            ...{ type: 'plain_text', emoji: false },
            text: expect.stringMatching(
              /^ec2:<!channel>.*: <https:\/\/evil.test\|click>\nec2:StopInstances, us-east-1: 47 calls/,
            ),
          },
        },
        {
          ...{ type: 'context', block_id: told.id },
          elements: [
            {
              ...{ type: 'plain_text', emoji: false },
              text: '2026-03-04T10:05:00Z to 2026-03-04T10:13:00Z · by role/Deploy · incident the-incident',
            },
          ],
        },
      ],
    })
  })

  it('keeps to what Slack takes, and cuts between characters', async () => {
    const { url, received } = await receiver()
    const long = {
      eventName: `${'x'.repeat(140)}${'😀'.repeat(20)}`,
      explanation: 'é'.repeat(4000),
    }
    const many = Array.from({ length: 12 }, (_, at) => ({ ...long, id: `${at}` }))
    await slack(hook, aWorld({ HOOK: url })).send(message('started', ...many), null)
    const { blocks } = JSON.parse(received[0]?.body ?? '')
    expect(blocks[0].text.text.length).toBeLessThanOrEqual(150)
    expect(blocks[0].text.text.isWellFormed()).toBe(true)
    expect(blocks[1].text.text).toHaveLength(3000)
  })

  it('is told when it begins and when it is over, by run', async () => {
    const { url, received } = await receiver()
    await toldTo(
      [hook],
      async ({ run }) => {
        await run(11, [{ day: 10, minute: 1425, count: 300 }])
        await run(13)
        const titles = received.map(({ body }) => JSON.parse(body).text)
        expect(titles).toEqual([
          expect.stringMatching(/^minor: ec2:RunInstances in \d{12}$/),
          expect.stringMatching(/^over: ec2:RunInstances in \d{12}$/),
        ])
      },
      { world: aWorld({ HOOK: url }) },
    )
  })

  it('tells nobody its URL, which is a secret', async () => {
    const world = aWorld({ HOOK: 'http://127.0.0.1:9/services/key' })
    const failure = await failureOf(slack(hook, world).send(message('started', {}), null))
    expect(failure).toMatchObject({ about: 'passing' })
    expect(failure.message).not.toContain('key')
  })
})

describe('a bot', () => {
  it('posts one message, keeps it up to date, and replies in its thread', async () => {
    const { world, messages, methods } = await workspace()
    await toldTo(
      [bot],
      async ({ run }) => {
        await run(11, [{ day: 10, minute: 1425, count: 300 }])
        expect(methods()).toEqual(['chat.postMessage'])
        await run(13)
        expect(methods().slice(1)).toEqual(['chat.update', 'chat.postMessage'])
        const [first, reply] = [...messages.values()]
        expect(first?.['text']).toMatch(/^over: /)
        expect(reply).toMatchObject({ thread_ts: [...messages.keys()][0] })
      },
      { world },
    )
  })

  it('does not post a second message where it is told the first again', async () => {
    const { world, methods } = await workspace()
    const chat = slack(bot, world)
    const { thread = null } = await chat.send(message('started', stillOpen), null)
    await chat.send(message('started', stillOpen), thread)
    expect(methods()).toEqual(['chat.postMessage', 'chat.update'])
  })

  it('goes on in a thread whose first message was deleted', async () => {
    const { world, messages, methods } = await workspace()
    const chat = slack(bot, world)
    const { thread = null } = await chat.send(message('started', stillOpen), null)
    messages.clear()
    await chat.send(message('ended', {}), thread)
    expect(methods()).toEqual(['chat.postMessage', 'chat.update', 'chat.postMessage'])
  })

  it.each([
    ['ratelimited', 'passing'],
    ['msg_too_long', 'message'],
    ['is_archived', 'place'],
    ['Not <one> of Slack', 'place'],
  ])('takes %s for a failure that is about the %s', async (error, about) => {
    const { world } = await workspace(() => error)
    const failure = await failureOf(slack(bot, world).send(message('started', {}), null))
    expect(failure).toMatchObject({ about })
    expect(failure.message).not.toContain('<')
  })

  it('says so where the token is wrong, or what answers is not Slack', async () => {
    const { world } = await workspace()
    const test: Message = { id: 'x', kind: 'test', incident: testIncident(0) }
    const wrong = { ...world, secretAt: () => 'xoxb-2' }
    expect((await failureOf(slack(bot, wrong).send(test, null))).message).toContain('invalid_auth')
    const { url } = await receiver(() => ({ body: '<html>' }))
    const other = { ...world, slackApi: url }
    expect((await failureOf(slack(bot, other).send(test, null))).message).toContain('no JSON')
  })
})
