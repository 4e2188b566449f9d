import type { SnsSettings } from '../../base/sinks.ts'
import { severityWord } from '../../insight/severity.ts'
import { messageJson } from '../message-text.ts'
import { titleOf } from '../message-words.ts'
import { safe } from '../safe.ts'
import type { Message, Messenger } from '../sink.ts'
import type { SinkWorld } from '../sink-world.ts'
import { rendered, renderedJson } from '../templates/rendered.ts'
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
    preview: (message) => `${subjectOf(message, settings)}\n\n${textOf(message, settings)}`,
    async send(message) {
      const { SNSClient, PublishCommand } = await import('@aws-sdk/client-sns')
      const client = new SNSClient(config)
      const command = new PublishCommand({
        TopicArn: topicArn,
        ...publicationOf(message, settings),
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

function publicationOf(message: Message, settings: SnsSettings) {
  const { topicArn } = settings
  const { id, kind, incident } = message
  const text = (StringValue: string) => ({ DataType: 'String', StringValue })
  return {
    Message: textOf(message, settings),
    Subject: subjectOf(message, settings),
    MessageAttributes: {
      ...{ kind: text(kind), severity: text(severityWord(incident.severity)) },
      ...{ account: text(safe(incident.account) || 'unknown'), messageId: text(id) },
    },
    ...(topicArn.endsWith('.fifo') && { MessageGroupId: incident.id, MessageDeduplicationId: id }),
  }
}

function textOf(message: Message, { template, format }: SnsSettings): string {
  if (template === undefined) return messageJson(message)
  return format === 'json' ? renderedJson(template, message) : rendered(template, message)
}

/** Subjects are printable ASCII and begin with a character, as titles do. */
function subjectOf(message: Message, { subject }: SnsSettings): string {
  const words = subject === undefined ? '' : rendered(subject, message).trim()
  return (words || titleOf(message)).replace(/[^ -~]/g, '?').slice(0, MOST_SUBJECT)
}
