import { createHmac } from 'node:crypto'
import type { WebhookSettings } from '../base/sinks.ts'
import { VERSION } from '../base/version.ts'
import { messageJson } from './message-text.ts'
import { ocsfJson } from './ocsf/finding.ts'
import type { Message, Messenger } from './sink.ts'
import type { SinkWorld } from './sink-world.ts'
import { renderedJson } from './templates/rendered.ts'
import { accept } from './web/accept.ts'
import { post } from './web/post.ts'

/**
 * Posts each message as JSON. `Idempotency-Key` is the message's id; with a secret, `Offtrail-Signature: t=SECONDS,v1=HEX` is the
 * HMAC-SHA256 of `SECONDS.BODY`, so that a receiver can refuse what is forged or old.
 */
export function webhook(settings: WebhookSettings, world: SinkWorld): Messenger {
  const { name, type, secret, filter = {} } = settings
  return {
    ...{ name, type, filter, unit: 'incident' },
    preview: (message) => bodyOf(message, settings),
    async send(message) {
      const body = bodyOf(message, settings)
      const headers = {
        'content-type': 'application/json',
        'user-agent': `offtrail/${VERSION}`,
        'idempotency-key': message.id,
        ...(secret && {
          'offtrail-signature': signature(body, world.secretAt(secret), world.now()),
        }),
      }
      const answer = await post(
        urlOf(settings, world),
        { headers, body },
        { ...world, ...settings },
      )
      accept(answer)
      return { answer: `HTTP ${answer.status}` }
    },
  }
}

/** Where a webhook is: its URL may be a secret, and is read whenever something is sent. Throws a `Fault` where it is not there. */
export function urlOf({ url, urlFile, urlEnv }: WebhookSettings, world: SinkWorld): string {
  return url ?? world.secretAt(urlFile === undefined ? { env: urlEnv ?? '' } : { file: urlFile })
}

function bodyOf(message: Message, { format, template }: WebhookSettings): string {
  if (template !== undefined) return renderedJson(template, message)
  return format === 'ocsf' ? ocsfJson(message.incident.insights) : messageJson(message)
}

/** What proves that a body came from whoever has the secret, and when. */
function signature(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000)
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${digest}`
}
