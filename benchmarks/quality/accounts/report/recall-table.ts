import type { Contest } from '../measure/contest.ts'
import type { Recall } from '../measure/recall.ts'
import { table } from './table.ts'

/** Attacked accounts: shares caught, one row per kind of attack, per budget ours (chance) and max28. */
export function recallTable(contests: readonly Contest[]): string {
  const [first] = contests
  if (first === undefined) return ''
  const heads = contests.flatMap(({ budget }) => [`ours at ${budget}`, 'chance', 'delay', 'max28'])
  const rows = [...first.ours].map(([kind, { labels }]) => [
    kind,
    String(labels),
    ...contests.flatMap(({ ours, chance, max28 }) => [
      shareText(ours.get(kind)),
      shareText(chance.get(kind)),
      delayText(ours.get(kind)),
      shareText(max28.get(kind)),
    ]),
  ])
  const notes = contests.map(
    ({ budget, multiple, noise }) =>
      `at ${budget}: ours makes ${noise.ours.toFixed(2)} incidents a clean week, max28 ${noise.max28.toFixed(2)} over ${multiple.toFixed(2)} x its maximum\n`,
  )
  return table([['attacked accounts: share caught', 'n', ...heads], ...rows]) + notes.join('')
}

function shareText(recall: Recall | undefined): string {
  return recall === undefined ? '-' : (recall.caught / recall.labels).toFixed(2)
}

function delayText(recall: Recall | undefined): string {
  const hours = recall?.medianHours ?? null
  return hours === null ? '-' : `${hours.toFixed(1)} h`
}
