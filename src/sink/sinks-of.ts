import type { SinkSettings } from '../base/sinks.ts'
import type { Messenger, Sink } from './sink.ts'
import { slack } from './slack/slack.ts'
import { type SinkWorld, webhook } from './webhook.ts'

/** Sinks by the way they are told: many insights at a time, or message by message. */
export interface NamedSinks {
  readonly sinks: readonly Sink[]
  readonly messengers: readonly Messenger[]
}

/** The sinks that settings name. Secrets are read when something is sent. */
export function sinksOf(settings: readonly SinkSettings[], world: SinkWorld): NamedSinks {
  return { sinks: [], messengers: settings.map((each) => messengerOf(each, world)) }
}

function messengerOf(settings: SinkSettings, world: SinkWorld): Messenger {
  switch (settings.type) {
    case 'webhook':
      return webhook(settings, world)
    case 'slack':
      return slack(settings, world)
  }
}
