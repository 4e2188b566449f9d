import { troubleOf } from '../lookup/trouble.ts'
import type { Bucket } from '../s3/door.ts'
import { mayHold } from '../s3/list-trail.ts'
import { s3Object } from '../s3/object.ts'
import type { Source, SourceObject, Unreadable } from '../source.ts'
import { readAnnouncement } from './announcement.ts'
import type { Message, Queue } from './door.ts'
import { type InHand, messagesOf, recordsInHand, type Said } from './in-hand.ts'
import type { QueueTally } from './tally.ts'

/** Calls back every so many milliseconds until told to end. */
export type Beat = (call: () => void, everyMs: number) => () => void

export interface BatchOptions {
  readonly queue: Queue
  readonly title: string
  readonly receives: number
  readonly visibilitySeconds: number
  readonly signal: AbortSignal
  readonly beat?: Beat
  readonly bucket: (name: string) => Pick<Bucket, 'read'>
  readonly faultOf: (error: unknown) => unknown
}

const SAMPLE_CHARACTERS = 500
/** Two renewals may fail before a message is out of hand. */
const BEATS = 3

/**
 * Messages that were received together. They stay in hand, their visibility renewed, until `settle` or `end`: first its
 * source is read to the end, then `settle` deletes what needs no other try.
 */
export class Batch {
  readonly source: Source
  readonly #options: BatchOptions
  readonly #inHand: readonly InHand[]
  readonly #endBeat: () => void
  readonly #troubles: string[] = []

  constructor(messages: readonly Message[], options: BatchOptions) {
    this.#options = options
    const said = messages.map((message) => ({ message, ...readAnnouncement(message.body) }))
    const bringing = said.filter(({ records }) => records.length > 0)
    const telling = said.filter(({ records }) => records.length === 0)
    this.#inHand = [
      ...(bringing.length > 0 ? [recordsInHand(bringing, options.title)] : []),
      ...telling.map((each) => this.#taken(each)),
    ]
    this.source = { title: options.title, list: () => this.#list() }
    const { beat = timer, visibilitySeconds } = options
    this.#endBeat = beat(
      () => void this.#hold(messages, visibilitySeconds),
      (visibilitySeconds * 1000) / BEATS,
    )
  }

  /**
   * To be called once what was listed is committed for good: deletes the messages of which nothing is left to do, and gives
   * back those that were not begun. Throws `AWS_ACCESS` where deleting is forbidden; what else keeps a message from being
   * deleted brings it again, and the ledger knows its objects by then.
   */
  async settle(): Promise<QueueTally> {
    this.end()
    const isBegun = ({ listed, entries }: InHand) => listed === entries.length
    const done = this.#inHand.filter((each) => isBegun(each) && !each.isLeft)
    const unbegun = this.#inHand.filter((each) => !isBegun(each))
    const finished = messagesOf(done)
    const undeleted = await this.#remove(finished)
    const returned = messagesOf(unbegun)
    if (returned.length > 0) await this.#hold(returned, 0)
    const sum = (part: 'passedOver' | 'otherEvents') =>
      this.#inHand.reduce((total, each) => total + each[part], 0)
    const received = messagesOf(this.#inHand).length
    return {
      ...{ received, deleted: finished.length - undeleted, undeleted, returned: returned.length },
      left: received - finished.length - returned.length,
      ...{ passedOver: sum('passedOver'), otherEvents: sum('otherEvents') },
      troubles: this.#troubles,
    }
  }

  /** Renews no more: without `settle`, all of it comes again. */
  end(): void {
    this.#endBeat()
  }

  #taken({ message, objects, otherEvents, problem }: Said): InHand {
    const wanted = objects.filter(({ key, size }) => mayHold('events', key, size))
    const { bucket, receives } = this.#options
    const comesAgain = (reason: string): void => {
      inHand.isLeft = true
      this.#troubles.push(reason)
    }
    const again = message.receives < receives ? { comesAgain } : {}
    const read = wanted.map((object) => ({
      ...s3Object(bucket(object.bucket), object.bucket, object),
      ...again,
    }))
    const entries = problem === null ? read : [...read, this.#refused(message, problem)]
    const passedOver = objects.length - wanted.length
    const inHand = {
      ...{ messages: [message], entries, passedOver, otherEvents, listed: 0, isLeft: false },
    }
    return inHand
  }

  #refused({ id, body }: Message, problem: string): Unreadable {
    const sample = body.length > SAMPLE_CHARACTERS ? `${body.slice(0, SAMPLE_CHARACTERS)}…` : body
    return {
      ...{ kind: 'unreadable', source: 'sqs', key: `${this.#options.title}/${id}` },
      ...{ code: 'NO_ANNOUNCEMENT', message: `${problem}: ${sample}` },
    }
  }

  async *#list(): AsyncGenerator<SourceObject | Unreadable> {
    for (const inHand of this.#inHand) {
      for (const entry of inHand.entries) {
        if (this.#options.signal.aborted) return
        inHand.listed += 1
        yield entry
      }
    }
  }

  /** Answers how many are still there. */
  async #remove(done: readonly Message[]): Promise<number> {
    if (done.length === 0) return 0
    try {
      return await this.#options.queue.remove(done)
    } catch (error) {
      if (troubleOf(error) === 'access') throw this.#options.faultOf(error)
      this.#troubles.push(`messages were not deleted: ${wordsOf(error)}`)
      return done.length
    }
  }

  /** A message that could not be held comes again; that costs time alone. */
  async #hold(messages: readonly Message[], seconds: number): Promise<void> {
    try {
      await this.#options.queue.hold(messages, seconds)
    } catch (error) {
      this.#troubles.push(`the visibility of messages was not changed: ${wordsOf(error)}`)
    }
  }
}

const timer: Beat = (call, everyMs) => {
  const beating = setInterval(call, everyMs)
  return () => clearInterval(beating)
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)
