import { Option } from 'commander'
import { FAULTS } from '../base/fault.ts'
import type { Settings } from '../base/settings.ts'
import { SEVERITY_WORDS, type SeverityWord, severityWord } from '../insight/severity.ts'
import type { RunReport } from '../pipeline/run.ts'
import { insightFolder } from '../sink/insight-folder.ts'
import { sinksOf } from '../sink/sinks-of.ts'
import { sinkWorld } from './sink-world.ts'
import type { Terminal } from './terminal.ts'

/** Where insights go, beside the store. */
export interface DeliveryFlags {
  readonly deliver?: string
  readonly deliverSince?: number
  readonly strict?: boolean
}

/** From which severity on a new insight is an exit code. */
export type FailOn = SeverityWord | 'none'

/** The options of `DeliveryFlags`, of commands that run. */
export function deliveryOptions(moment: (text: string) => number): readonly Option[] {
  return [
    new Option(
      '--deliver <folder>',
      'write Insights records there, in the S3 CloudTrail-Insight layout',
    ),
    new Option(
      '--deliver-since <time>',
      'deliver insights that start from here on (default: the end of the first run)',
    ).argParser(moment),
    new Option('--strict', "only AWS's own fields in Insights records"),
  ]
}

export const failOnOption = (): Option =>
  new Option('--fail-on <severity>', 'exit 1 when a new insight is at least that severe')
    .choices(['none', ...SEVERITY_WORDS])
    .default('none')

/** Who is told of insights: the folder of `--deliver`, and the sinks of the settings. */
export function receiversOf(
  { deliver, strict }: DeliveryFlags,
  { sinks }: Settings,
  terminal: Terminal,
) {
  const named = sinksOf(sinks, sinkWorld(terminal))
  const folder = deliver === undefined ? [] : [insightFolder(deliver, { strict: strict === true })]
  return { sinks: [...folder, ...named.sinks], messengers: named.messengers }
}

/** 1 where something at least as severe as asked is new; else 3 where input was incomplete; else 7 where a sink failed; else 0. */
export function exitCodeOf(
  { ingest, delivery }: RunReport,
  severities: readonly number[],
  failOn: FailOn,
): number {
  const least = failOn === 'none' ? SEVERITY_WORDS.length : SEVERITY_WORDS.indexOf(failOn)
  if (severities.some((severity) => SEVERITY_WORDS.indexOf(severityWord(severity)) >= least))
    return 1
  if (ingest.troubles.length > 0 || ingest.tally.rejected > 0) return FAULTS.INPUT_INCOMPLETE.exit
  return delivery.some(({ trouble }) => trouble !== null) ? FAULTS.SINK_FAILED.exit : 0
}
