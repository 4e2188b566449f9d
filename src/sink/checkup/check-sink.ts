import { access, constants } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Fault } from '../../base/fault.ts'
import { type Checked, type Finding, failing, fine } from '../../base/finding.ts'
import type { SinkSettings, SlackSettings, WebhookSettings } from '../../base/sinks.ts'
import { SinkFailure } from '../sink.ts'
import type { SinkWorld } from '../sink-world.ts'
import { SLACK_API } from '../slack/slack.ts'
import { knock } from '../web/post.ts'
import { urlOf } from '../webhook.ts'
import { checkBucket } from './check-bucket.ts'
import { checkBus } from './check-bus.ts'
import { checkTopic } from './check-topic.ts'

/** Whether a sink may be reached as its settings say, with its secrets where they should be. Sends nothing. */
export async function checkSink(settings: SinkSettings, world: SinkWorld): Promise<Finding> {
  const of = { check: 'sink', place: settings.name }
  try {
    switch (settings.type) {
      case 'webhook':
        return fine(of, `${await knockAtWebhook(settings, world)} can be reached`)
      case 'slack':
        return fine(of, `${await knockAtSlack(settings, world)} can be reached`)
      case 'folder':
        return await checkFolder(of, settings.path)
      case 'sns':
        return await checkTopic(of, settings, world)
      case 'eventbridge':
        return await checkBus(of, settings, world)
      case 's3':
        return await checkBucket(of, settings, world)
    }
  } catch (error) {
    if (error instanceof Fault) return failing(of, error.message)
    if (!(error instanceof SinkFailure)) throw error
    const remedy =
      error.about === 'passing' ? 'look at the name, the network and proxies' : 'mend its settings'
    return failing(of, error.message, remedy)
  }
}

async function knockAtWebhook(settings: WebhookSettings, world: SinkWorld): Promise<string> {
  if (settings.secret !== undefined) world.secretAt(settings.secret)
  return knock(urlOf(settings, world), { ...world, ...settings })
}

async function knockAtSlack(settings: SlackSettings, world: SinkWorld): Promise<string> {
  const { webhookUrl, token } = settings
  if (token !== undefined) world.secretAt(token)
  const url = webhookUrl === undefined ? (world.slackApi ?? SLACK_API) : world.secretAt(webhookUrl)
  return knock(url, { ...world, ...settings })
}

/** Whether a folder can be written to, or made. */
async function checkFolder(of: Checked, path: string): Promise<Finding> {
  for (let place = resolve(path); ; place = dirname(place)) {
    try {
      await access(place, constants.W_OK | constants.X_OK)
      return fine(of, `${path} can be written to`)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' && dirname(place) !== place) continue
      return failing(of, `${place} cannot be written to (${code})`, 'look at its permissions')
    }
  }
}
