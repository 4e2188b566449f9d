import type { PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge'
import type { EventBridgeSettings } from '../../base/sinks.ts'
import { isOfAws, recordsOf } from '../../insight/record.ts'
import { safeJson } from '../safe.ts'
import type { Message, Messenger } from '../sink.ts'
import type { SinkWorld } from '../sink-world.ts'
import { awsCodeFailure, awsFailure } from './aws-failure.ts'
import { clientSettings } from './client-settings.ts'

const DETAIL_TYPE = 'AWS Insight via CloudTrail'

/**
 * Puts each insight's Start and End onto an event bus as CloudTrail does: detail type `AWS Insight via CloudTrail`, the Insights record as
 * detail, whose `eventID` a repeat has again. The source is our own, for AWS keeps `aws.*` to itself.
 */
export function eventBridge(settings: EventBridgeSettings, world: SinkWorld): Messenger {
  const { name, type, filter = {} } = settings
  const config = clientSettings(settings, world)
  return {
    ...{ name, type, filter, unit: 'insight', takes: isOfAws },
    preview: (message) => JSON.stringify(entriesOf(message, settings), null, 2),
    async send(message) {
      const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge')
      const client = new EventBridgeClient(config)
      const Entries = entriesOf(message, settings)
      try {
        const { Entries: results = [] } = await client
          .send(new PutEventsCommand({ Entries }))
          .catch((error: unknown) => {
            throw awsFailure(error)
          })
        return { answer: `put as ${idsOf(results).join(', ')}` }
      } finally {
        client.destroy()
      }
    },
  }
}

/** The records that were not put yet: of an end that follows its start, the End alone. */
function entriesOf(
  { kind, incident }: Message,
  { bus, source = 'offtrail' }: EventBridgeSettings,
): PutEventsRequestEntry[] {
  return incident.insights
    .flatMap((insight) => recordsOf(insight, { strict: false }))
    .filter(({ insightDetails }) => kind !== 'ended' || insightDetails.state === 'End')
    .map((record) => ({
      ...{ Source: source, DetailType: DETAIL_TYPE, Resources: [] },
      Detail: safeJson(record),
      Time: new Date(record.eventTime),
      ...(bus !== undefined && { EventBusName: bus }),
    }))
}

/** Ids of the events. The call succeeds although single events failed: throws where one did. */
function idsOf(results: readonly PutEventsResultEntry[]): readonly string[] {
  return results.map(({ EventId, ErrorCode, ErrorMessage }) => {
    if (EventId !== undefined && ErrorCode === undefined) return EventId
    throw awsCodeFailure(ErrorCode ?? 'nothing', ErrorMessage ?? '')
  })
}
