import { type Checked, type Finding, fine } from '../../base/finding.ts'
import type { SnsSettings } from '../../base/sinks.ts'
import { awsFinding } from '../../source/checkup/aws-finding.ts'
import { clientSettings } from '../aws/client-settings.ts'
import { regionOf } from '../aws/sns.ts'
import type { SinkWorld } from '../sink-world.ts'

/** Whether a topic is there. */
export async function checkTopic(
  of: Checked,
  settings: SnsSettings,
  world: SinkWorld,
): Promise<Finding> {
  const { SNSClient, GetTopicAttributesCommand } = await import('@aws-sdk/client-sns')
  const { topicArn } = settings
  const client = new SNSClient(clientSettings({ ...settings, region: regionOf(topicArn) }, world))
  try {
    await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }))
    return fine(of, `${topicArn} is there`)
  } catch (error) {
    return awsFinding(of, error, { action: 'sns:GetTopicAttributes', isDoctorsOwn: true })
  } finally {
    client.destroy()
  }
}
