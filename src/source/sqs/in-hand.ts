import { createHash } from 'node:crypto'
import type { SourceObject, Unreadable } from '../source.ts'
import type { Announcement } from './announcement.ts'
import type { Message } from './door.ts'

/** A message, and what it says. */
export interface Said extends Announcement {
  readonly message: Message
}

/** Messages that are done with together, and what is to be read because of them: of one its objects, of several their records. */
export interface InHand {
  readonly messages: readonly Message[]
  readonly entries: readonly (SourceObject | Unreadable)[]
  /** Announced objects that hold no events, and events that announce none. */
  readonly passedOver: number
  readonly otherEvents: number
  /** How many entries were begun. */
  listed: number
  /** Some of them could not be read just now. */
  isLeft: boolean
}

/**
 * What several messages bring themselves, as one file that is named by its content. Should they come again in other company, each
 * record is known by its id.
 */
export function recordsInHand(said: readonly Said[], title: string): InHand {
  const Records = said.flatMap(({ records }) => records)
  const bytes = Buffer.from(JSON.stringify({ Records }))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const entry: SourceObject = {
    ...{ kind: 'object', source: 'sqs', key: `${title}/${sha256}`, version: sha256 },
    ...{ size: bytes.length, name: null },
    async *open() {
      yield bytes
    },
  }
  const messages = said.map(({ message }) => message)
  return { messages, entries: [entry], passedOver: 0, otherEvents: 0, listed: 0, isLeft: false }
}

/** All messages in hand. */
export const messagesOf = (inHand: readonly InHand[]): readonly Message[] =>
  inHand.flatMap(({ messages }) => messages)
