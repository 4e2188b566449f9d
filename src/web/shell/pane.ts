import type { Times } from '../state/times.ts'
import type { View } from '../state/view.ts'

/** What a pane is given. */
export interface Context {
  readonly view: View
  readonly times: Times
  /** Shows the same with these differences; `replace`: the way back does not stop here. */
  readonly go: (changes: Partial<View>, how?: { readonly replace: boolean }) => void
  /** A link to the same with these differences. */
  readonly link: (changes: Partial<View>) => string
  /** Says something to those who cannot see it. */
  readonly say: (text: string) => void
  /** Shows what went wrong in the place of `where`, or asks for a token. */
  readonly failed: (error: unknown, where: HTMLElement) => void
}

/** A part of the page that shows a view, and goes along with its changes until it is ended. */
export interface Pane {
  readonly title: string
  readonly root: HTMLElement
  readonly show: (context: Context) => void
  /** Asks again for what it shows, and leaves focus and scrolling as they are; absent: it does not follow what is new. */
  readonly refresh?: (context: Context) => Promise<void>
  readonly end?: () => void
}
