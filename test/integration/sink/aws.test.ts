import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventBridgeSettings, SnsSettings } from '../../../src/base/sinks.ts'
import { incidentFrom } from '../../../src/insight/incident.ts'
import { recordsOf } from '../../../src/insight/record.ts'
import { testIncident } from '../../../src/insight/test-incident.ts'
import { eventBridge } from '../../../src/sink/aws/event-bridge.ts'
import { sns } from '../../../src/sink/aws/sns.ts'
import type { Message } from '../../../src/sink/sink.ts'
import { eventBus } from '../../support/event-bus.ts'
import { anInsight, stillOpen } from '../../support/insights.ts'
import { insightsOf } from '../../support/pipeline-world.ts'
import { aWorld, receiver } from '../../support/receiver.ts'
import { toldTo } from '../../support/sink-world.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const world = { ...aWorld(), aws: { credentials } }
const MINING = { day: 10, minute: 1425, count: 300 }
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error) => error,
  )
const message = (
  kind: Message['kind'],
  changes: Parameters<typeof anInsight>[0] = {},
): Message => ({
  ...{ id: 'the-id', kind, incident: incidentFrom('the-incident', [anInsight(changes)]) },
})

describe('a topic', () => {
  let server: FauxqsServer
  let endpointUrl = ''
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false })
    endpointUrl = `http://127.0.0.1:${server.port}`
  })
  afterAll(() => server.stop())

  /** A topic with a queue that is subscribed to it. */
  function topic(name: string, fifo = false) {
    const region = 'eu-west-1'
    const end = fifo ? '.fifo' : ''
    const attributes: Record<string, string> = fifo ? { FifoTopic: 'true' } : {}
    const queueAttributes: Record<string, string> = fifo ? { FifoQueue: 'true' } : {}
    const { topicArn } = server.createTopic(`${name}${end}`, { region, attributes })
    server.createQueue(`${name}-queue${end}`, { region, attributes: queueAttributes })
    server.subscribe({ topic: `${name}${end}`, queue: `${name}-queue${end}`, region })
    const settings: SnsSettings = { name, type: 'sns', topicArn, endpointUrl }
    const bodies = () =>
      (server.inspectQueue(`${name}-queue${end}`)?.messages.ready ?? []).map(({ body }) =>
        JSON.parse(body),
      )
    return { settings, bodies }
  }

  it('is told of an incident with attributes to filter by', async () => {
    const { settings, bodies } = topic('alerts')
    const told = message('started', { eventName: 'Stop☠Instances' })
    const { answer } = await sns(settings, world).send(told, null)
    expect(answer).toMatch(/^published as [0-9a-f-]{36}$/)
    expect(bodies()).toMatchObject([
      {
        Subject: 'critical: ec2:Stop?Instances in 123456789012',
        MessageAttributes: {
          ...{ kind: { Value: 'started' }, severity: { Value: 'critical' } },
          ...{ account: { Value: '123456789012' }, messageId: { Value: 'the-id' } },
        },
      },
    ])
    expect(JSON.parse(bodies()[0].Message)).toMatchObject({
      ...{ id: 'the-id', kind: 'started' },
      incident: { id: 'the-incident', insights: [{ eventName: 'Stop☠Instances' }] },
    })
  })

  it('is told when an incident begins and when it is over, by run', async () => {
    const { settings, bodies } = topic('runs')
    await toldTo(
      [settings],
      async ({ run }) => {
        await run(11, [MINING])
        await run(13)
        const kinds = bodies().map(({ Message: text }) => JSON.parse(text).kind)
        expect(kinds).toEqual(['started', 'ended'])
      },
      { world },
    )
  })

  it('drops a repeat where it is a FIFO topic', async () => {
    const { settings, bodies } = topic('ordered', true)
    const to = sns(settings, world)
    await to.send(message('started'), null)
    await to.send(message('started'), null)
    await to.send({ ...message('ended'), id: 'another' }, null)
    expect(bodies()).toHaveLength(2)
  })

  it('that does not exist is a matter of the place', async () => {
    const topicArn = 'arn:aws:sns:eu-west-1:000000000000:nowhere'
    const to = sns({ name: 'a', type: 'sns', topicArn, endpointUrl }, world)
    const failure = await failureOf(to.send(message('started'), null))
    expect(failure).toMatchObject({ about: 'place' })
    expect(failure.message).toContain('AWS says NotFound')
  })

  it('that nobody answers for is tried again', async () => {
    const { url, close } = await receiver()
    await close()
    const topicArn = 'arn:aws:sns:eu-west-1:000000000000:nowhere'
    const to = sns({ name: 'a', type: 'sns', topicArn, endpointUrl: url }, world)
    expect(await failureOf(to.send(message('started'), null))).toMatchObject({ about: 'passing' })
  })
})

describe('an event bus', () => {
  const settings = (
    endpointUrl: string,
    more: Partial<EventBridgeSettings> = {},
  ): EventBridgeSettings => ({
    ...{ name: 'bus', type: 'eventbridge', region: 'eu-west-1', endpointUrl, ...more },
  })

  it('gets the records that CloudTrail Insights would put, from a source of ours', async () => {
    const { url, taken } = await eventBus()
    const bus = eventBridge(settings(url, { bus: 'alerts' }), world)
    const { answer } = await bus.send(message('started'), null)
    expect(answer).toBe('put as event-1-0, event-1-1')
    const records = recordsOf(anInsight(), { strict: false })
    expect(taken.map(({ Detail }) => JSON.parse(Detail))).toEqual(records)
    expect(taken[0]).toMatchObject({
      ...{ Source: 'offtrail', DetailType: 'AWS Insight via CloudTrail', EventBusName: 'alerts' },
      ...{ Resources: [], Time: Date.parse('2026-03-04T10:05:00Z') / 1000 },
    })
  })

  it('gets the Start when an insight begins, and its End alone when it is over, by run', async () => {
    const { url, taken } = await eventBus()
    await toldTo(
      [settings(url)],
      async ({ store, run }) => {
        await run(11, [MINING])
        await run(13)
        await run(14)
        const [insight] = insightsOf(store)
        const details = taken.map(({ Detail }) => JSON.parse(Detail))
        expect(details.map(({ insightDetails }) => insightDetails.state)).toEqual(['Start', 'End'])
        expect(details.map(({ sharedEventID }) => sharedEventID)).toEqual([
          insight?.id,
          insight?.id,
        ])
      },
      { world },
    )
  })

  it('gets nothing for what AWS has no record for', () => {
    const { takes } = eventBridge(settings('http://127.0.0.1:9'), world)
    expect([takes?.(anInsight()), takes?.(anInsight({ insightType: 'AggregateInsight' }))]).toEqual(
      [...[true, false]],
    )
  })

  it.each([
    ['call', 'passing'],
    ['entry', 'passing'],
  ] as const)('that fails a whole %s is tried again', async (failing, about) => {
    const { url, taken } = await eventBus((count) => (count === 1 ? failing : null))
    const bus = eventBridge(settings(url), world)
    const told = message('started', stillOpen)
    expect(await failureOf(bus.send(told, null))).toMatchObject({ about })
    expect(taken).toEqual([])
    await bus.send(told, null)
    expect(taken).toHaveLength(1)
  })

  it('that refuses says why', async () => {
    const { url } = await eventBus()
    const told: Message = { id: 'a', kind: 'test', incident: testIncident(0) }
    const failures = [
      [settings(url, { bus: 'nowhere' }), world, 'ResourceNotFoundException'],
      [settings(url, { source: 'aws.cloudtrail' }), world, 'NotAuthorizedForSource'],
      [settings(url, { region: 'us-east-1' }), world, 'InvalidSignatureException'],
    ] as const
    for (const [given, of, words] of failures) {
      const failure = await failureOf(eventBridge(given, of).send(told, null))
      expect([failure.about, failure.message]).toEqual(['place', expect.stringContaining(words)])
    }
  })
})
