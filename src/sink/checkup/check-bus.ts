import { type Checked, type Finding, fine } from '../../base/finding.ts'
import type { EventBridgeSettings } from '../../base/sinks.ts'
import { awsFinding } from '../../source/checkup/aws-finding.ts'
import { clientSettings } from '../aws/client-settings.ts'
import type { SinkWorld } from '../sink-world.ts'

/** Whether an event bus is there. */
export async function checkBus(
  of: Checked,
  settings: EventBridgeSettings,
  world: SinkWorld,
): Promise<Finding> {
  const { EventBridgeClient, DescribeEventBusCommand } = await import('@aws-sdk/client-eventbridge')
  const { bus = 'default' } = settings
  const client = new EventBridgeClient(clientSettings(settings, world))
  try {
    await client.send(new DescribeEventBusCommand({ Name: bus }))
    return fine(of, `the bus ${bus} is there`)
  } catch (error) {
    return awsFinding(of, error, { action: 'events:DescribeEventBus', isDoctorsOwn: true })
  } finally {
    client.destroy()
  }
}
