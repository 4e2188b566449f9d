import type { Series } from '../api/answers.ts'
import { ask } from '../api/client.ts'
import { element, refill } from '../dom/element.ts'
import type { Context, Pane } from '../shell/pane.ts'
import { onTheme } from '../shell/theme.ts'
import { picker } from './picker.ts'
import { type Timeline, timeline } from './timeline.ts'

/** One API through time; without one, all of them to choose from. */
export function seriesPane(): Pane {
  const root = element('div')
  let latest: Context | null = null
  let showing: Timeline | null = null
  const choice = picker()

  async function open(id: string): Promise<void> {
    refill(root, element('h1', {}, 'Series'), element('p', { class: 'quiet' }, 'Loading…'))
    const series = await ask<Series>(`/v1/series/${encodeURIComponent(id)}`)
    if (latest?.view.series !== id) return
    showing?.end()
    showing = timeline(series)
    refill(root, showing.root)
    showing.show(latest)
    document.title = `${series.eventName} – Offtrail`
  }

  const unlisten = onTheme(() => latest !== null && showing?.repaint(latest))
  return {
    title: 'Series',
    root,
    show(context) {
      latest = context
      const { series: id } = context.view
      if (id === null) {
        showing?.end()
        showing = null
        refill(root, choice.root)
        choice.show(context)
      } else if (showing?.id === id) showing.show(context)
      else open(id).catch((error) => context.failed(error, root))
    },
    async refresh() {
      const { series: id } = latest?.view ?? { series: null }
      if (id === null) return choice.refresh()
      if (showing?.id !== id) return
      await showing.refresh(await ask<Series>(`/v1/series/${encodeURIComponent(id)}`))
    },
    end() {
      unlisten()
      showing?.end()
    },
  }
}
