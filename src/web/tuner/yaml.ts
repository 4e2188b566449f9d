import type { Deciding } from '../api/answers.ts'

const GROUPS = ['alarmBudget', 'shares', 'floors'] as const

/** What is different from the settings in force, as lines of a settings file. */
export function yamlOf(base: Deciding, settings: Deciding): string {
  const lines: string[] = []
  if (settings.profile !== base.profile) lines.push(`profile: ${settings.profile}`)
  for (const group of GROUPS) {
    const changes = Object.entries(settings[group]).filter(
      ([name, value]) => value !== base[group][name],
    )
    if (changes.length === 0) continue
    lines.push(`${group}:`, ...changes.map(([name, value]) => `  ${name}: ${value}`))
  }
  return lines.length === 0 ? '# as the settings in force\n' : `${lines.join('\n')}\n`
}

/** The command that says the same numbers of the same settings. */
export function backtestLine(base: Deciding, tuned: string | null): string {
  const parts = tuned === null ? [`profile=${base.profile}`] : tuned.split(',')
  return `offtrail backtest${parts.map((part) => ` --grid ${part}`).join('')}`
}
