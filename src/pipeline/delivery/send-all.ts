import { Fault } from '../../base/fault.ts'
import { type Messenger, type Receipt, SinkFailure } from '../../sink/sink.ts'
import type { Store } from '../../store/store.ts'
import type { Due } from './due.ts'
import { keepHealth, type SinkHealth } from './sink-memory.ts'

/** Clock and patience: handed in. */
export interface Pause {
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** 0 to 1. */
  readonly random: () => number
}

/** What came of the messages that were due. */
export interface Sending {
  readonly health: SinkHealth
  readonly sent: number
  readonly dropped: number
  /** Why messages wait; null: nothing went wrong. */
  readonly trouble: string | null
}

/** How often something is sent in one run. */
export const TRIES = 3
const FIRST_WAIT_MS = 500
/** What a receiver may ask us to wait at most, while the run waits. */
const LONGEST_WAIT_MS = 10_000
/** What one sink may cost a run at most; the rest waits for the next. */
const MOST_MESSAGES = 100
const MOST_MS = 60_000

/**
 * Sends messages in turn, and marks each as soon as it was taken: a crash in between repeats one, under the same id. The first that
 * cannot be sent ends the turn, unless the place refuses that message alone; such a one is given up once the place took another.
 * `isProbe`: one try, no more, as the place was dead by the last runs.
 */
export async function sendAll(
  store: Store,
  messenger: Messenger,
  due: readonly Due[],
  { pause, isProbe, ...known }: { pause: Pause; isProbe: boolean; health: SinkHealth },
): Promise<Sending> {
  const startedMs = pause.now()
  const refused: Due[] = []
  let { health } = known
  let [sent, trouble]: [number, string | null] = [0, null]
  for (const each of due.slice(0, MOST_MESSAGES)) {
    if (pause.now() - startedMs > MOST_MS) break
    const tries = isProbe && sent === 0 ? 1 : TRIES
    const thread = threadOf(health, each)
    const send = () => messenger.send(each.message, thread)
    const outcome = await patiently(send, { store, tries, pause })
    if (outcome instanceof SinkFailure) {
      trouble = outcome.message
      if (outcome.about !== 'message') break
      refused.push(each)
      continue
    }
    sent += 1
    health = { ...withThread(health, each, outcome), lastSentMs: pause.now() }
    keepHealth(store, messenger.name, health)
    store.markDelivered(messenger.name, each.marks)
  }
  const dropped = sent > 0 ? refused.length : 0
  if (dropped > 0) {
    for (const { marks } of refused) store.markDelivered(messenger.name, marks)
    health = { ...health, dropped: health.dropped + dropped }
  }
  return { health, sent, dropped, trouble }
}

/** Tries again what passes by itself, `tries` times in all; what did not succeed comes back. Throws what is no failure of a sink. */
export async function patiently<Answer>(
  attempt: () => Promise<Answer>,
  { store, tries, pause }: { store: Store; tries: number; pause: Pause },
): Promise<Answer | SinkFailure> {
  for (let left = tries - 1; ; left -= 1) {
    store.touch()
    const outcome = await attempt().catch(asFailure)
    if (!(outcome instanceof SinkFailure)) return outcome
    if (outcome.about !== 'passing' || left === 0) return outcome
    const longest = FIRST_WAIT_MS * 2 ** (tries - left)
    const asked = Math.min(outcome.afterMs, LONGEST_WAIT_MS)
    await pause.sleep(asked + longest * (0.5 + pause.random() / 2))
  }
}

/** Settings that cannot be are the place's; anything else that is thrown is a bug. */
function asFailure(error: unknown): SinkFailure {
  if (error instanceof SinkFailure) return error
  if (error instanceof Fault) return new SinkFailure('place', error.message, { cause: error })
  throw error
}

function threadOf({ threads }: SinkHealth, { message }: Due): string | null {
  return threads.find(([unit]) => unit === message.incident.id)?.[1] ?? null
}

function withThread(health: SinkHealth, { message }: Due, { thread }: Receipt): SinkHealth {
  if (thread === undefined) return health
  const { id } = message.incident
  const others = health.threads.filter(([unit]) => unit !== id)
  return { ...health, threads: [...others, [id, thread]] }
}
