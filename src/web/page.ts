import { Refused } from './api/client.ts'
import { token } from './api/token.ts'
import { element, refill } from './dom/element.ts'
import { insightPane } from './insight/insight-pane.ts'
import { overviewPane } from './lanes/overview-pane.ts'
import { seriesPane } from './series/series-pane.ts'
import { frame } from './shell/frame.ts'
import { live } from './shell/live.ts'
import type { Context, Pane } from './shell/pane.ts'
import { signIn } from './shell/sign-in.ts'
import { timesIn } from './state/times.ts'
import { hashOf, type PaneName, type View, viewFrom } from './state/view.ts'
import { tunerPane } from './tuner/tuner-pane.ts'

const MAKERS: Readonly<Record<PaneName, () => Pane>> = {
  overview: overviewPane,
  insight: insightPane,
  series: seriesPane,
  tuner: tunerPane,
}

let view = viewFrom(location.hash)
let shown: { readonly name: PaneName; readonly pane: Pane } | null = null
/** The overview stays as it was left, with what was loaded, until everything is loaded again. */
let kept: { readonly pane: Pane; readonly scrollY: number; isStale?: boolean } | null = null
let isAskingForToken = false

const follower = live({
  news: async () => {
    if (kept !== null && kept.pane !== shown?.pane) kept.isStale = true
    if (shown?.pane.refresh === undefined) return false
    await shown.pane.refresh(contextOf(view))
    return true
  },
  signIn: askForToken,
})
const shell = frame({
  live: follower,
  go,
  signOut: () => {
    token.forget()
    begin()
  },
  again: begin,
})

function go(changes: Partial<View>, { replace } = { replace: false }): void {
  const hash = hashOf({ ...view, ...changes })
  if (hash === location.hash) return
  if (replace) history.replaceState(null, '', hash)
  else history.pushState(null, '', hash)
  follow()
}

/** Shows what the hash says now. */
function follow(): void {
  view = viewFrom(location.hash)
  const context = contextOf(view)
  shell.show(context)
  follower.show(context)
  if (shown?.name !== view.pane) mount(view.pane)
  shown?.pane.show(context)
  if (shown?.pane !== kept?.pane || kept?.isStale !== true) return
  kept.isStale = false
  follower.catchUp()
}

function mount(name: PaneName): void {
  const isFirst = shown === null
  leave()
  const pane = (name === 'overview' && kept?.pane) || MAKERS[name]()
  shown = { name, pane }
  isAskingForToken = false
  follower.asked()
  refill(shell.main, pane.root)
  document.title = `${pane.title} – Offtrail`
  scrollTo(0, pane === kept?.pane ? kept.scrollY : 0)
  // Those who came by keyboard go on at the top of what is new.
  if (!isFirst) shell.main.focus({ preventScroll: true })
}

function leave(): void {
  if (shown?.name === 'overview') kept = { pane: shown.pane, scrollY }
  else shown?.pane.end?.()
  shown = null
}

function contextOf(now: View): Context {
  return {
    view: now,
    times: timesIn(now),
    go,
    link: (changes) => hashOf({ ...now, ...changes }),
    say: shell.say,
    failed(error, where) {
      if (!(error instanceof Refused)) throw error
      // Whoever signed in meanwhile has asked again.
      if (error.isOutdated) return
      if (error.status === 401) askForToken()
      else refill(where, element('p', { class: 'trouble', role: 'alert' }, error.message))
    },
  }
}

/** Everything again, from the server. */
function begin(): void {
  leave()
  kept = null
  follow()
  follower.begin()
}

function askForToken(): void {
  // Several questions may be refused at once.
  if (isAskingForToken) return
  isAskingForToken = true
  leave()
  const wasWrong = token.get() !== null
  token.forget()
  document.title = 'Sign in – Offtrail'
  refill(shell.main, signIn({ wasWrong, done: begin }))
  shell.main.querySelector('input')?.focus()
}

addEventListener('hashchange', follow)
document.body.replaceChildren(...shell.parts)
begin()
