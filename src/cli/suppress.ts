import { type Command, Option } from 'commander'
import { Fault } from '../base/fault.ts'
import { settingsFrom } from '../base/settings.ts'
import type { Suppression } from '../base/suppressions.ts'
import { rfc3339 } from '../base/times.ts'
import { likeness } from '../insight/suppression.ts'
import { insightView } from '../insight/view.ts'
import { silencedInHistory } from '../pipeline/tuning/silenced.ts'
import { writeAtomically } from '../sink/file.ts'
import { safe } from '../sink/safe.ts'
import { inspectSettings, settingsText } from '../source/settings-file.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { configOption, jsonOption, momentOf, settingsOf, storeOption } from './options.ts'
import { findInsight } from './show-insight.ts'
import { silencedPart } from './silenced-part.ts'
import { settingsFor, withReader } from './stores.ts'
import type { Terminal } from './terminal.ts'

interface RuleFlags {
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

/** `offtrail suppress add|list|test`: rules of the settings file that silence insights. */
export function addSuppress(command: Command, { terminal }: House): void {
  const add = command
    .command('add')
    .description('put a rule into a settings file; what matches all it names is silenced')
    .addOption(configOption().makeOptionMandatory())
    .option('--like <id>', 'names what an insight is: API, account, caller, code; other flags win')
    .addOption(storeOption())
    .option('--api <pattern>', 'service:Action, with * and ?: ec2:Describe*')
    .option('--account <id>', 'of this account only')
    .option('--region <region>', 'of this Region only')
    .option('--principal <pattern>', "the caller's ARN without session name: *role/deployer")
    .option('--user-agent <pattern>', 'the user agent behind most of it')
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
    .command('test')
    .description('what each rule silences on the history of a store')
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
    ...(like !== undefined && (await likenessOf(like, store))),
    ...rest,
    ...(from !== undefined && { from: rfc3339(from) }),
    ...(until !== undefined && { until: rfc3339(until) }),
  } as Suppression
  if (Object.keys(rule).length < 2) {
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

/** What names an insight of a store and those like it. */
function likenessOf(id: string, store: string): Promise<Omit<Suppression, 'reason'>> {
  return withReader(store, (reader) => likeness(findInsight(reader, id)))
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
  const { rules, silenced } = await withReader(flags.store, (store) => {
    const settings = settingsFor(store, flags)
    return { rules: settings.suppressions, silenced: silencedInHistory(store, settings) }
  })
  if (flags.json === true) {
    const views = rules.map((rule, at) => ({
      rule,
      silenced: (silenced[at] ?? []).map(insightView),
    }))
    return terminal.out(jsonText(views))
  }
  if (rules.length === 0) return terminal.out('There are no suppressions in these settings.\n')
  terminal.out(
    rules
      .map((rule, at) => silencedPart(lineOf(rule, at), silenced[at] ?? [], terminal))
      .join('\n'),
  )
}

function lineOf({ reason, ...rule }: Suppression, at: number): string {
  const parts = Object.entries(rule).map(([name, value]) => `${name}=${value}`)
  return `${at + 1}. ${safe(parts.join(' '))}: ${safe(reason)}\n`
}
