import { SinkFailure } from '../sink.ts'
import type { PostAnswer } from './post.ts'

/** Answers that speak of the one message, and those after which trying again helps. */
const ABOUT_THE_MESSAGE = [400, 413, 422]
const PASSING = [408, 425, 429]

/** Throws a `SinkFailure` unless the answer to a post says that it was taken. What else the answer says is not repeated. */
export function accept({ status, retryAfterMs }: PostAnswer): void {
  if (status >= 200 && status < 300) return
  if (status >= 500 || PASSING.includes(status)) {
    throw new SinkFailure('passing', `HTTP ${status}`, { afterMs: retryAfterMs })
  }
  if (ABOUT_THE_MESSAGE.includes(status)) throw new SinkFailure('message', `HTTP ${status}`)
  const followed = status >= 300 && status < 400 ? ': redirects are not followed' : ''
  throw new SinkFailure('place', `HTTP ${status}${followed}`)
}
