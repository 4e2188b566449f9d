import type { SnsSettings } from '../../base/sinks.ts'
import { severityWord } from '../../insight/severity.ts'
import { messageJson } from '../message-text.ts'
import { titleOf } from '../message-words.ts'
import { safe } from '../safe.ts'
import type { Message, Messenger } from '../sink.ts'
import type { SinkWorld } from '../sink-world.ts'
import { awsFailure } from './aws-failure.ts'
import { clientSettings } from './client-settings.ts'

const MOST_SUBJECT = 100

/**
 * Publishes each message as JSON to a topic, with attributes that subscriptions may filter by: `kind`, `severity`, `account`, and
 * `messageId`, which a repeat has again. A FIFO topic drops repeats by itself.
 */
export function sns(settings: SnsSettings, world: SinkWorld): Messenger {
  const { name, type, topicArn, filter = {} } = settings
  const config = clientSettings({ ...settings, region: regionOf(topicArn) }, world)
  return {
    ...{ name, type, filter, unit: 'incident' },
    async send(message) {
      const { SNSClient, PublishCommand } = await import('@aws-sdk/client-sns')
      const client = new SNSClient(config)
      const command = new PublishCommand({
        TopicArn: topicArn,
        ...publicationOf(message, topicArn),
      })
      try {
        const { MessageId } = await client.send(command)
        return { answer: `published as ${MessageId}` }
      } catch (error) {
        throw awsFailure(error)
      } finally {
        client.destroy()
      }
    },
  }
}

/** The Region that a topic's ARN names. */
export function regionOf(topicArn: string): string {
  return topicArn.split(':')[3] ?? ''
}

function publicationOf(message: Message, topicArn: string) {
  const { id, kind, incident } = message
  const text = (StringValue: string) => ({ DataType: 'String', StringValue })
  return {
    Message: messageJson(message),
    Subject: subjectOf(message),
    MessageAttributes: {
      ...{ kind: text(kind), severity: text(severityWord(incident.severity)) },
      ...{ account: text(safe(incident.account) || 'unknown'), messageId: text(id) },
    },
    ...(topicArn.endsWith('.fifo') && { MessageGroupId: incident.id, MessageDeduplicationId: id }),
  }
}

/** Subjects are printable ASCII and begin with a letter, as severities do. */
function subjectOf(message: Message): string {
  return titleOf(message)
    .replace(/[^ -~]/g, '?')
    .slice(0, MOST_SUBJECT)
}
