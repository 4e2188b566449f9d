import type { SecretPlace, SlackSettings } from '../../base/sinks.ts'
import { type Message, type Messenger, type Receipt, SinkFailure } from '../sink.ts'
import type { SinkWorld } from '../sink-world.ts'
import { accept } from '../web/accept.ts'
import { post } from '../web/post.ts'
import { slackBody, templatedBody } from './blocks.ts'

/** Slack's own. */
export const SLACK_API = 'https://slack.com/api'
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/**
 * Slack, told by an incoming webhook: a message when an incident begins and one when it is over. Or by a bot: one message that is kept up
 * to date, with a reply in its thread for each later change.
 */
export function slack(settings: SlackSettings, world: SinkWorld): Messenger {
  const { name, type, filter = {}, webhookUrl, token, channel = '' } = settings
  const send =
    webhookUrl !== undefined
      ? (message: Message) => postWebhook(message, webhookUrl, settings, world)
      : botOf(token ?? {}, channel, settings, world)
  const preview = (message: Message) => JSON.stringify(bodyOf(message, settings), null, 2)
  return { ...{ name, type, filter, unit: 'incident' }, preview, send }
}

function bodyOf(message: Message, { template }: SlackSettings): object {
  return template === undefined ? slackBody(message) : templatedBody(message, template)
}

async function postWebhook(
  message: Message,
  place: SecretPlace,
  settings: SlackSettings,
  world: SinkWorld,
): Promise<Receipt> {
  const url = world.secretAt(place)
  const body = JSON.stringify(bodyOf(message, settings))
  const answer = await post(url, { headers: JSON_TYPE, body }, { ...world, ...settings })
  accept(answer)
  return { answer: `HTTP ${answer.status}` }
}

/** What a call of Slack's API answers. */
interface ApiAnswer {
  readonly ok: boolean
  readonly error: string
  /** Id of the channel, and of the message in it. */
  readonly channel: string
  readonly ts: string
}

function botOf(
  token: SecretPlace,
  channel: string,
  settings: SlackSettings,
  world: SinkWorld,
): Messenger['send'] {
  const call = (method: string, body: object) => callApi(method, body, { token, settings, world })
  return async (message, thread) => {
    const body = bodyOf(message, settings)
    if (thread === null) {
      const { channel: id, ts } = await call('chat.postMessage', { ...body, channel })
      return { answer: `posted as ${ts}`, thread: `${id} ${ts}` }
    }
    const [id = '', ts = ''] = thread.split(' ')
    await call('chat.update', { ...body, channel: id, ts }).catch(unlessGone)
    // What is told a second time is no news for the thread.
    if (message.kind !== 'started') {
      await call('chat.postMessage', { ...body, channel: id, thread_ts: ts })
    }
    return { answer: `in the thread ${ts}`, thread }
  }
}

async function callApi(
  method: string,
  body: object,
  { token, settings, world }: { token: SecretPlace; settings: SlackSettings; world: SinkWorld },
): Promise<ApiAnswer> {
  const headers = { ...JSON_TYPE, authorization: `Bearer ${world.secretAt(token)}` }
  const url = `${world.slackApi ?? SLACK_API}/${method}`
  const answer = await post(url, { headers, body: JSON.stringify(body) }, { ...world, ...settings })
  accept(answer)
  const parsed = answerFrom(answer.text)
  if (parsed.ok) return parsed
  throw new SlackRefusal(parsed.error)
}

/** Slack's words for what passes by itself, and for what is wrong with one message. */
const PASSING =
  /^(ratelimited|rate_limited|internal_error|fatal_error|service_unavailable|request_timeout|team_added_to_org)$/
const ABOUT_THE_MESSAGE = /^(msg_|invalid_blocks|no_text|metadata_|message_limit_exceeded)/
const GONE = /^(message_not_found|cant_update_message|edit_window_closed)$/

class SlackRefusal extends SinkFailure {
  readonly code: string

  constructor(code: string) {
    const isAboutOne = ABOUT_THE_MESSAGE.test(code)
    super(PASSING.test(code) ? 'passing' : isAboutOne ? 'message' : 'place', `Slack says ${code}`)
    this.code = code
  }
}

/** A message that somebody deleted cannot be kept up to date; the thread goes on. */
function unlessGone(error: unknown): void {
  if (!(error instanceof SlackRefusal) || !GONE.test(error.code)) throw error
}

function answerFrom(text: string): ApiAnswer {
  const unread = { ok: false, error: 'something that is no JSON', channel: '', ts: '' }
  try {
    const { ok, error, channel, ts } = JSON.parse(text) as Record<string, unknown>
    const word = typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : 'no'
    return { ok: ok === true, error: word, channel: String(channel), ts: String(ts) }
  } catch {
    return unread
  }
}
