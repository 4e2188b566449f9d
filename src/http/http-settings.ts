import type { Settings } from '../base/settings.ts'
import { STREAM_PACE, type StreamPace } from './stream/changes.ts'

/** What the server needs to be told. */
export interface HttpSettings {
  /** The detection settings in force, for what answers say about windows, floors and budgets. */
  readonly detection: Settings
  /** Requests a second that one address may make. Loopback addresses are never limited. */
  readonly requestsPerSecond: number
  /** Secret that page cursors are signed with; null: one made at start, so cursors end with the process. */
  readonly cursorKey: string | null
  /** Names besides `localhost` and loopback addresses under which a `Host` header may address the server. */
  readonly hostNames: readonly string[]
  /** How `/v1/stream` keeps time. */
  readonly stream: StreamPace
}

/** The server's settings: defaults but for what is named. */
export function httpSettings(
  detection: Settings,
  named: Partial<Omit<HttpSettings, 'detection'>> = {},
): HttpSettings {
  return {
    ...{ requestsPerSecond: 20, cursorKey: null, hostNames: [], stream: STREAM_PACE },
    ...named,
    detection,
  }
}
