import type { Contest, Contests, PlainRule } from '../measure/contest.ts'
import type { Recall } from '../measure/recall.ts'
import { table } from './table.ts'

/**
 * Attacked accounts, shares caught: one row per kind of attack; per budget ours, what luck would
 * catch, our delay, and max28 as noisy as ours; at last max28 as anyone would write it.
 */
export function recallTable({ atBudgets, plain }: Contests): string {
  const [first] = atBudgets
  if (first === undefined) return ''
  const heads = atBudgets.flatMap(({ budget }) => [`ours at ${budget}`, 'luck', 'delay', 'max28'])
  const rows = [...first.ours].map(([kind, { labels }]) => [
    kind,
    String(labels),
    ...atBudgets.flatMap(({ ours, chance, max28 }) => [
      shareText(ours.get(kind)),
      shareText(chance.get(kind)),
      delayText(ours.get(kind)),
      shareText(max28.get(kind)),
    ]),
    shareText(plain.recalls.get(kind)),
  ])
  const head = ['attacked accounts: share caught', 'n', ...heads, `max28 x ${plain.multiple}`]
  return table([head, ...rows]) + atBudgets.map(noiseText).join('') + plainText(plain)
}

function noiseText({ budget, multiple, noise }: Contest): string {
  const [ours, max28] = [noise.ours.toFixed(2), noise.max28.toFixed(2)]
  return `at ${budget}: ours ${ours} incidents a clean week, max28 x ${multiple.toFixed(2)} ${max28}\n`
}

function plainText({ multiple, noise }: PlainRule): string {
  return `max28 x ${multiple}: ${noise.toFixed(2)} incidents a clean week\n`
}

function shareText(recall: Recall | undefined): string {
  return recall === undefined ? '-' : (recall.caught / recall.labels).toFixed(2)
}

function delayText(recall: Recall | undefined): string {
  const hours = recall?.medianHours ?? null
  return hours === null ? '-' : `${hours.toFixed(1)} h`
}
