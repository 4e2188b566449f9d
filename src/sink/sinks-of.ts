import type { FolderSettings, SinkSettings } from '../base/sinks.ts'
import { isAbout, isAsBad } from '../insight/sink-filter.ts'
import { eventBridge } from './aws/event-bridge.ts'
import { sns } from './aws/sns.ts'
import { insightFolder } from './insight-folder.ts'
import { ocsfFolder } from './ocsf/ocsf-folder.ts'
import type { Messenger, Sink } from './sink.ts'
import type { SinkWorld } from './sink-world.ts'
import { slack } from './slack/slack.ts'
import { webhook } from './webhook.ts'

/** Sinks by the way they are told: many insights at a time, or message by message. */
export interface NamedSinks {
  readonly sinks: readonly Sink[]
  readonly messengers: readonly Messenger[]
}

/** The sinks that settings name. Secrets are read when something is sent. */
export function sinksOf(settings: readonly SinkSettings[], world: SinkWorld): NamedSinks {
  return {
    sinks: settings.flatMap((each) => (each.type === 'folder' ? [namedFolder(each)] : [])),
    messengers: settings.flatMap((each) =>
      each.type === 'folder' ? [] : [messengerOf(each, world)],
    ),
  }
}

function namedFolder({ name, path, format, filter = {} }: FolderSettings): Sink {
  const folder = format === 'ocsf' ? ocsfFolder(path) : insightFolder(path, { strict: false })
  return {
    ...folder,
    name,
    takes: (insight) =>
      (folder.takes?.(insight) ?? true) && isAbout(filter, insight) && isAsBad(filter, insight),
  }
}

function messengerOf(settings: Exclude<SinkSettings, FolderSettings>, world: SinkWorld): Messenger {
  switch (settings.type) {
    case 'webhook':
      return webhook(settings, world)
    case 'slack':
      return slack(settings, world)
    case 'sns':
      return sns(settings, world)
    case 'eventbridge':
      return eventBridge(settings, world)
  }
}
