import { type Command, Option } from 'commander'
import { Fault } from '../base/fault.ts'
import { settingsFrom } from '../base/settings.ts'
import { SUPPRESSION_EFFECTS, type Suppression } from '../base/suppressions.ts'
import { rfc3339 } from '../base/times.ts'
import { likeness } from '../insight/suppression.ts'
import { insightView } from '../insight/view.ts'
import { type Dropped, droppedInHistory } from '../pipeline/tuning/dropped.ts'
import { silencedInHistory } from '../pipeline/tuning/silenced.ts'
import { writeAtomically } from '../sink/file.ts'
import { safe } from '../sink/safe.ts'
import { inspectSettings, settingsText } from '../source/settings-file.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { configOption, jsonOption, momentOf, settingsOf, storeOption } from './options.ts'
import { findInsight } from './show-insight.ts'
import { droppedPart, silencedPart } from './silenced-part.ts'
import { settingsFor, withReader } from './stores.ts'
import type { Terminal } from './terminal.ts'

interface RuleFlags {
  readonly effect?: Suppression['effect']
  readonly api?: string
  readonly account?: string
  readonly region?: string
  readonly principal?: string
  readonly userAgent?: string
  readonly errorCode?: string
  readonly insightType?: string
  readonly direction?: string
  readonly from?: number
  readonly until?: number
  readonly like?: string
  readonly store: string
  readonly reason: string
}

interface Flags {
  readonly store: string
  readonly config?: string
  readonly json?: boolean
}

/** `offtrail suppress add|list|remove|test`: rules of the settings file that silence insights or drop calls from the counts. */
export function addSuppress(command: Command, { terminal }: House): void {
  const add = command
    .command('add')
    .description(
      'put a rule into a settings file: what matches all it names is silenced, or dropped from the counts',
    )
    .addOption(configOption().makeOptionMandatory())
    .option('--like <id>', 'names what an insight is: API, account, caller, code; other flags win')
    .addOption(storeOption())
    .addOption(
      new Option(
        '--effect <effect>',
        'mute: insights are silenced, calls still counted and learned from (unless said otherwise); drop-from-counts: calls are neither judged nor learned from on the UTC days that --from and --until touch, all days without them, and stay in the store',
      ).choices([...SUPPRESSION_EFFECTS]),
    )
    .option('--api <pattern>', 'service:Action, with * and ?: ec2:Describe*')
    .option('--account <id>', 'of this account only')
    .option('--region <region>', 'of this Region only')
    .option('--principal <pattern>', "the caller's ARN without session name: *role/deployer")
    .option('--user-agent <pattern>', 'the user agent behind most of it, or of a call')
    .option('--error-code <pattern>', 'error rate of this code')
    .option('--insight-type <type>', 'ApiCallRateInsight, ApiErrorRateInsight, …')
    .addOption(new Option('--direction <direction>', 'rises or falls').choices(['up', 'down']))
    .addOption(moment(terminal, '--from <moment>', 'only what begins from then on'))
    .addOption(moment(terminal, '--until <moment>', 'only what begins before'))
    .requiredOption('--reason <text>', 'why, for whoever comes next')
  add.action((flags: RuleFlags & { readonly config: string }) => addRule(flags, terminal))
  command
    .command('list', { isDefault: true })
    .description('the rules of a settings file')
    .addOption(configOption())
    .addOption(jsonOption())
    .action((flags: Flags) => {
      const { suppressions } = settingsOf(flags)
      terminal.out(flags.json === true ? jsonText(suppressions) : suppressions.map(lineOf).join(''))
    })
  command
    .command('remove')
    .description(
      'take a rule out of a settings file; what it dropped is judged again with the next run',
    )
    .argument('<number>', 'as offtrail suppress list counts them, from 1')
    .addOption(configOption().makeOptionMandatory())
    .action((number: string, flags: { readonly config: string }) =>
      removeRule(number, flags.config, terminal),
    )
  command
    .command('test')
    .description(
      'what each rule silences on the history of a store; of rules that drop calls, which calls and insights they take away (scores history anew, in memory)',
    )
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((flags: Flags) => testRules(flags, terminal))
}

const moment = (terminal: Terminal, flag: string, words: string): Option =>
  new Option(flag, words).argParser(momentOf(terminal))

async function addRule(
  { config, from, until, like, store, ...rest }: RuleFlags & { readonly config: string },
  terminal: Terminal,
): Promise<void> {
  const rule = {
    ...(like !== undefined && (await likenessOf(like, store, rest.effect))),
    ...rest,
    ...(from !== undefined && { from: rfc3339(from) }),
    ...(until !== undefined && { until: rfc3339(until) }),
  } as Suppression
  if (Object.keys(rule).filter((name) => name !== 'effect').length < 2) {
    throw new Fault('USAGE', 'a rule names something beside its reason: --api, --principal, …')
  }
  const before = rulesIn(config)
  const rules = [...before, rule]
  settingsFrom({ suppressions: rules })
  // A list that is there keeps its comments.
  const value = before.length === 0 ? rules : rule
  const path = before.length === 0 ? 'suppressions' : `suppressions.${before.length}`
  await writeAtomically(config, settingsText(config, [[path, value]]))
  terminal.err(
    `Rule ${rules.length} is in ${config}. See what it silences: offtrail suppress test -c ${config}\n`,
  )
}

async function removeRule(number: string, config: string, terminal: Terminal): Promise<void> {
  const rules = rulesIn(config)
  const rule = /^\d+$/.test(number) ? rules[Number(number) - 1] : undefined
  if (rule === undefined) {
    throw new Fault('USAGE', `there is no rule '${number}' in ${config}: it has ${rules.length}`)
  }
  const text = settingsText(config, [[`suppressions.${Number(number) - 1}`, undefined]])
  await writeAtomically(config, text)
  terminal.err(`Removed from ${config}: ${lineOf(rule, Number(number) - 1)}`)
}

/** What names an insight of a store and those like it. */
async function likenessOf(
  id: string,
  store: string,
  effect: Suppression['effect'],
): Promise<Omit<Suppression, 'reason'>> {
  const like = await withReader(store, (reader) => likeness(findInsight(reader, id)))
  if (effect !== 'drop-from-counts') return like
  const { direction, ...calls } = like
  return calls
}

/** The rules of a file; none where there is no file yet. Throws `SETTINGS_INVALID` where something else stands there. */
function rulesIn(path: string): readonly Suppression[] {
  try {
    const { raw } = inspectSettings(path)
    const { suppressions } = (raw ?? {}) as { suppressions?: unknown }
    return settingsFrom({ suppressions: suppressions ?? [] }).suppressions
  } catch (error) {
    if (error instanceof Fault && error.code === 'INPUT_NOT_FOUND') return []
    throw error
  }
}

async function testRules(flags: Flags, terminal: Terminal): Promise<void> {
  const { rules, silenced, dropped } = await withReader(flags.store, (store) => {
    const settings = settingsFor(store, flags)
    return {
      rules: settings.suppressions,
      silenced: silencedInHistory(store, settings),
      dropped: droppedInHistory(store, settings),
    }
  })
  if (flags.json === true) {
    const views = rules.map((rule, at) => ({
      rule,
      silenced: (silenced[at] ?? []).map(insightView),
      ...viewOfDropped(dropped[at] ?? null),
    }))
    return terminal.out(jsonText(views))
  }
  if (rules.length === 0) return terminal.out('There are no suppressions in these settings.\n')
  terminal.out(
    rules
      .map((rule, at) => {
        const of = dropped[at] ?? null
        if (of !== null) return droppedPart(lineOf(rule, at), of, terminal)
        return silencedPart(lineOf(rule, at), silenced[at] ?? [], terminal)
      })
      .join('\n'),
  )
}

function viewOfDropped(dropped: Dropped | null): object {
  if (dropped === null) return {}
  const { calls, lost, gained } = dropped
  return { dropped: { calls, lost: lost.map(insightView), gained: gained.map(insightView) } }
}

function lineOf({ reason, ...rule }: Suppression, at: number): string {
  const parts = Object.entries(rule).map(([name, value]) => `${name}=${value}`)
  return `${at + 1}. ${safe(parts.join(' '))}: ${safe(reason)}\n`
}
