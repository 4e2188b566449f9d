import type { Deciding } from '../api/answers.ts'
import { element, refill } from '../dom/element.ts'
import type { Context } from '../shell/pane.ts'
import { counted } from '../state/words.ts'
import { changeList } from './changes.ts'
import type { Found } from './decide.ts'
import { differenceOf } from './outcome.ts'
import { headline, outcomeTable } from './outcome-table.ts'
import type { Decided, Workbench } from './workbench.ts'

/** What turned settings bring, beside what those in force do. */
export function resultView(work: Workbench) {
  const { history } = work
  const base = history.settings
  const parts = { head: element('div'), table: element('div'), changes: element('div') }
  let inForce = work.decide(base)

  function drawChanges({ outcome }: Decided, context: Context): void {
    if (outcome === null || inForce.outcome === null) return
    const { gained, lost } = differenceOf(inForce.outcome.alarms, outcome.alarms)
    const windowMs = base.windowMinutes * 60_000
    const list = (title: string, note: string, alarms: typeof gained) =>
      changeList({ title, note, alarms }, context, windowMs)
    refill(
      parts.changes,
      list('Gained', 'Raised by the turned settings, not by those in force.', gained),
      list('Lost', 'Raised by the settings in force, not by the turned ones.', lost),
    )
  }

  function tookWords({ outcome, found, tookMs }: Decided): string {
    const scores = `${counted(work.scores, 'score')} of ${history.series.length} series`
    const rest =
      outcome === null ? `; asking who was behind ${counted(found.length, 'episode')} …` : '.'
    return `${scores} decided again in ${tookMs.toFixed(1)} ms${rest}`
  }

  return {
    summary: element('div', {}, parts.head, parts.table),
    changes: parts.changes,
    /** Decides and shows; what is not known yet is left open. */
    draw(settings: Deciding, context: Context): Decided {
      if (inForce.outcome === null) inForce = work.decide(base)
      const decided = work.decide(settings)
      const { outcome } = decided
      refill(
        parts.head,
        headline(outcome, inForce.outcome),
        element('p', { class: 'quiet took' }, tookWords(decided)),
      )
      refill(parts.table, outcomeTable(inForce.outcome, outcome))
      drawChanges(decided, context)
      return decided
    },
    /** Episodes that the server has yet to say something of. */
    missing({ found, outcome }: Decided): readonly Found[] {
      return [
        ...(outcome === null ? found : []),
        ...(inForce.outcome === null ? inForce.found : []),
      ]
    },
  }
}
