import { Option } from 'commander'
import { type SeverityWord, severityWord } from '../insight/severity.ts'
import type { RunReport } from '../pipeline/run.ts'
import { insightFolder } from '../sink/insight-folder.ts'
import type { Sink } from '../sink/sink.ts'

/** Where insights go, beside the store. */
export interface DeliveryFlags {
  readonly deliver?: string
  readonly deliverSince?: number
  readonly strict?: boolean
}

/** From which severity on a new insight is an exit code. */
export type FailOn = SeverityWord | 'none'

const SEVERITIES: readonly SeverityWord[] = ['info', 'minor', 'major', 'critical']

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
    .choices(['none', ...SEVERITIES])
    .default('none')

/** What the flags name to deliver to. */
export function sinksOf({ deliver, strict }: DeliveryFlags): readonly Sink[] {
  return deliver === undefined ? [] : [insightFolder(deliver, { strict: strict === true })]
}

/** 1 where something at least as severe as asked is new; else 3 where input was incomplete; else 0. */
export function exitCodeOf(
  { ingest }: RunReport,
  severities: readonly number[],
  failOn: FailOn,
): number {
  const least = failOn === 'none' ? SEVERITIES.length : SEVERITIES.indexOf(failOn)
  if (severities.some((severity) => SEVERITIES.indexOf(severityWord(severity)) >= least)) return 1
  return ingest.troubles.length > 0 || ingest.tally.rejected > 0 ? 3 : 0
}
