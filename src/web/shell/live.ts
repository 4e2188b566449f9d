import type { Freshness } from '../api/answers.ts'
import { type Answered, askAgain, Refused } from '../api/client.ts'
import { button, element } from '../dom/element.ts'
import { report } from '../report/report-data.ts'
import type { Context } from './pane.ts'

/** Between two questions whether there is news. */
const EVERY_MS = 30_000

interface Doing {
  /** Shows what is new; false: what is shown does not follow by itself. */
  readonly news: () => Promise<boolean>
  readonly signIn: () => void
}

/** Asks, while somebody looks, whether there is news, and says when it was last shown. */
export interface Live {
  /** When what is shown is from. */
  readonly note: HTMLElement
  /** Stops following and goes on. */
  readonly toggle: (context: Context) => HTMLElement
  readonly show: (context: Context) => void
  /** Shows what is new in a pane that stood aside. */
  readonly catchUp: () => void
  /** What is shown was asked for just now. */
  readonly asked: () => void
  /** Everything was asked for anew: news is what comes from now on. */
  readonly begin: () => void
}

/** Follows the runs of a server. A report has none. */
export function live({ news, signIn }: Doing): Live {
  const note = element('p', { class: 'updated', role: 'status' })
  let known: Answered<Freshness> | null = null
  let latest: Context | null = null
  /** What the note says while the server answers. */
  let standing = ''
  let isAsking = false
  let isSignedOut = false

  const say = (words: string): void => {
    if (note.textContent !== words) note.textContent = words
  }
  const isIdle = (): boolean =>
    isAsking || isSignedOut || document.hidden || latest?.view.live === 'paused'

  async function look(): Promise<void> {
    if (isIdle()) return
    isAsking = true
    try {
      const answered = await askAgain('/v1/freshness', known)
      const isNews = known !== null && answered !== known
      const isShown = known === null || (isNews && (await news()))
      known = answered
      if (isShown) standing = `Updated ${timeOf(latest)}`
      else if (isNews) standing = 'There is newer data: Reload shows it'
      say(standing)
    } finally {
      isAsking = false
    }
  }

  function failed(error: unknown): void {
    if (!(error instanceof Refused)) throw error
    if (error.isOutdated) {
      lookNow()
      return
    }
    isSignedOut = error.status === 401
    if (isSignedOut) signIn()
    else say('Not up to date: the server does not answer')
  }

  const lookNow = (): void => {
    look().catch(failed)
  }
  if (report === null) {
    setInterval(lookNow, EVERY_MS)
    document.addEventListener('visibilitychange', lookNow)
  }
  return {
    note,
    toggle: ({ view, go }) => {
      const isPaused = view.live === 'paused'
      return button(
        isPaused ? '‖ Paused' : '● Live',
        () => go({ live: isPaused ? null : 'paused' }, { replace: true }),
        {
          'data-key': 'live',
          'aria-label': isPaused
            ? 'Paused: follow new data again'
            : 'Live: new data is shown by itself; pause',
        },
      )
    },
    show(context) {
      const wasPaused = latest?.view.live === 'paused'
      latest = context
      if (wasPaused && context.view.live === null) lookNow()
    },
    catchUp() {
      news().catch(failed)
    },
    asked() {
      if (known === null) return
      standing = `Updated ${timeOf(latest)}`
      say(standing)
    },
    begin() {
      known = null
      isSignedOut = false
      if (report === null) lookNow()
    },
  }
}

function timeOf(context: Context | null): string {
  return context === null ? '' : context.times.second(Date.now()).slice(11)
}
