import type { FolderSettings, S3Settings, SinkSettings } from '../base/sinks.ts'
import { isAbout, isAsBad } from '../insight/sink-filter.ts'
import { eventBridge } from './aws/event-bridge.ts'
import { insightBucket } from './aws/insight-bucket.ts'
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
    sinks: settings.flatMap((each) => (isOfFiles(each) ? [namedSink(each, world)] : [])),
    messengers: settings.flatMap((each) => (isOfFiles(each) ? [] : [messengerOf(each, world)])),
  }
}

type FileSettings = FolderSettings | S3Settings

function isOfFiles(settings: SinkSettings): settings is FileSettings {
  return settings.type === 'folder' || settings.type === 's3'
}

function namedSink(settings: FileSettings, world: SinkWorld): Sink {
  const { name, filter = {} } = settings
  const sink = settings.type === 's3' ? insightBucket(settings, world) : folderOf(settings)
  return {
    ...sink,
    name,
    takes: (insight) =>
      (sink.takes?.(insight) ?? true) && isAbout(filter, insight) && isAsBad(filter, insight),
  }
}

function folderOf({ path, format, strict = false }: FolderSettings): Sink {
  return format === 'ocsf' ? ocsfFolder(path) : insightFolder(path, { strict })
}

function messengerOf(settings: Exclude<SinkSettings, FileSettings>, world: SinkWorld): Messenger {
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
