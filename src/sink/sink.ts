import type { SinkFilter } from '../base/sink-filter.ts'
import type { Incident } from '../insight/incident.ts'
import type { Insight } from '../insight/insight.ts'

/** A place insights go to. Delivering the same insights again must leave the place as it was. */
export interface Sink {
  /** For people: what it is and where. */
  readonly name: string
  /** Insights it has a form for; left out: all. */
  takes?(insight: Insight): boolean
  /** Throws a `Fault` when the place does not take them. */
  deliver(insights: readonly Insight[]): Promise<void>
}

/** What somebody is told at a time. */
export interface Message {
  /** The same whenever the same is told again, so that a receiver knows a repeat. UUID. */
  readonly id: string
  /** `grown`: worse than was told, or going on after its end was told. */
  readonly kind: 'started' | 'grown' | 'ended' | 'test'
  readonly incident: Incident
}

/** What came back for a message. */
export interface Receipt {
  /** For people: `HTTP 204`. */
  readonly answer: string
  /** What later messages about the same incident are attached to, where the place has threads. */
  readonly thread?: string
}

/** A place that is told one message at a time, and may be told a message twice. */
export interface Messenger {
  readonly name: string
  readonly type: string
  readonly filter: SinkFilter
  /** What a message is about: all insights of an incident, or each insight by itself. */
  readonly unit: 'incident' | 'insight'
  /** Insights it has a form for; left out: all. */
  takes?(insight: Insight): boolean
  /** What `send` would send, for people. Throws a `SinkFailure` where a template gives nothing that can be sent. */
  preview(message: Message): string
  /** Throws a `SinkFailure` when the place does not take the message, and a `Fault` for settings that cannot be. */
  send(message: Message, thread: string | null): Promise<Receipt>
}

/**
 * A place did not take a message. `passing`: it may a moment later. `message`: it takes others, but not this one. `place`: it takes
 * none until somebody mends something.
 */
export class SinkFailure extends Error {
  override readonly name = 'SinkFailure'
  readonly about: 'passing' | 'message' | 'place'
  /** How long the place asked to be left alone, milliseconds. */
  readonly afterMs: number

  constructor(about: SinkFailure['about'], words: string, options: SinkFailureOptions = {}) {
    super(words, options)
    this.about = about
    this.afterMs = options.afterMs ?? 0
  }
}

interface SinkFailureOptions extends ErrorOptions {
  readonly afterMs?: number
}
