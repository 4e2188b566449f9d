import { element, refill } from '../dom/element.ts'
import type { Context, Pane } from '../shell/pane.ts'
import { bench } from './bench.ts'
import { loadWorkbench } from './workbench.ts'

/** Turns the settings that decide, and shows at once what they would have brought. */
export function tunerPane(): Pane {
  const place = element('div', {}, element('p', { class: 'quiet' }, 'Loading every score …'))
  const root = element(
    'div',
    {},
    element('h1', {}, 'What other settings would have brought'),
    place,
  )
  let latest: Context | null = null
  let showing: ReturnType<typeof bench> | null = null
  let isAsked = false
  let isOver = false
  return {
    title: 'Tuner',
    root,
    show(context) {
      latest = context
      showing?.show(context)
      if (isAsked) return
      isAsked = true
      loadWorkbench().then(
        (workbench) => {
          if (isOver || latest === null) return
          showing = bench(workbench, () => latest ?? context)
          refill(place, showing.root)
          showing.show(latest)
        },
        (error) => context.failed(error, place),
      )
    },
    end() {
      isOver = true
      showing?.end()
    },
  }
}
