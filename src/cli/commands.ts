import type { Command } from 'commander'
import type { House } from './house.ts'

/** A command by name; its options, and all it needs, are loaded when it is named. */
export interface CommandEntry {
  readonly name: string
  readonly group: 'Find' | 'Look' | 'Tune' | 'Keep'
  readonly description: string
  readonly load: () => Promise<(command: Command, house: House) => void>
}

/** Every command, in the order help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'demo',
    group: 'Find',
    description:
      'make labelled traffic of three accounts, find what is in it, and say what was caught',
    load: async () => (await import('./demo.ts')).addDemo,
  },
  {
    name: 'run',
    group: 'Find',
    description: 'count what is new, score it, and print the insights that came of it',
    load: async () => (await import('./run.ts')).addRun,
  },
  {
    name: 'watch',
    group: 'Find',
    description: 'run over trail files as an SQS queue announces them',
    load: async () => (await import('./watch.ts')).addWatch,
  },
  {
    name: 'score',
    group: 'Find',
    description: 'score counts of your own: CSV in, scores and events as CSV out, no store',
    load: async () => (await import('./score.ts')).addScore,
  },
  {
    name: 'serve',
    group: 'Find',
    description: 'answer over HTTP: insights, series, baselines, why and why not',
    load: async () => (await import('./serve.ts')).addServe,
  },
  {
    name: 'insights',
    group: 'Look',
    description: 'what was found: list, show',
    load: async () => (await import('./insights.ts')).addInsights,
  },
  {
    name: 'explain',
    group: 'Look',
    description:
      'why an insight was raised, or with --why-not why a window stayed quiet: every number',
    load: async () => (await import('./explain.ts')).addExplain,
  },
  {
    name: 'compare-insights',
    group: 'Look',
    description: "what CloudTrail's own Insights found beside what Offtrail found, and why not",
    load: async () => (await import('./compare-insights.ts')).addCompareInsights,
  },
  {
    name: 'series',
    group: 'Look',
    description: 'APIs that were seen, with their counts',
    load: async () => (await import('./series.ts')).addSeries,
  },
  {
    name: 'baseline',
    group: 'Look',
    description: 'what is normal: list, show',
    load: async () => (await import('./baseline.ts')).addBaseline,
  },
  {
    name: 'backtest',
    group: 'Tune',
    description: 'what other settings would have found on this history, held against labels',
    load: async () => (await import('./backtest.ts')).addBacktest,
  },
  {
    name: 'tune',
    group: 'Tune',
    description: 'settings that keep to a budget of false alarms, with the evidence',
    load: async () => (await import('./tune.ts')).addTune,
  },
  {
    name: 'inject',
    group: 'Tune',
    description: 'the smallest attack that would have been seen: made-up ones in real history',
    load: async () => (await import('./inject.ts')).addInject,
  },
  {
    name: 'diff',
    group: 'Tune',
    description: 'alarms gained and lost between two settings files',
    load: async () => (await import('./diff.ts')).addDiff,
  },
  {
    name: 'label',
    group: 'Tune',
    description: 'incidents you know of, for backtest and tune: add, list, remove, import',
    load: async () => (await import('./label.ts')).addLabel,
  },
  {
    name: 'suppress',
    group: 'Tune',
    description: 'what nobody wants to hear of: add, list, test',
    load: async () => (await import('./suppress.ts')).addSuppress,
  },
  {
    name: 'report',
    group: 'Look',
    description: 'one HTML file on a span of time, for whoever has no server',
    load: async () => (await import('./report.ts')).addReport,
  },
  {
    name: 'sink',
    group: 'Keep',
    description: 'who is told of insights: list, test',
    load: async () => (await import('./sink.ts')).addSink,
  },
  {
    name: 'calendar',
    group: 'Tune',
    description: 'maintenance windows: list, test, import',
    load: async () => (await import('./calendar.ts')).addCalendar,
  },
  {
    name: 'export',
    group: 'Keep',
    description: 'counts for other tools, or the canonical state',
    load: async () => (await import('./export.ts')).addExport,
  },
  {
    name: 'quarantine',
    group: 'Keep',
    description: 'what could not be counted, and why',
    load: async () => (await import('./quarantine.ts')).addQuarantine,
  },
  {
    name: 'doctor',
    group: 'Keep',
    description: 'does everything work: access, sources, store, sinks? writes and sends nothing',
    load: async () => (await import('./doctor.ts')).addDoctor,
  },
  {
    name: 'verify',
    group: 'Keep',
    description: 'are the files what CloudTrail delivered? checks digests, signatures and logs',
    load: async () => (await import('./verify.ts')).addVerify,
  },
  {
    name: 'coverage',
    group: 'Keep',
    description: 'which hours CloudTrail digests prove complete, and which are missing or damaged',
    load: async () => (await import('./coverage.ts')).addCoverage,
  },
  {
    name: 'token',
    group: 'Keep',
    description: 'who may ask over HTTP: create, list, revoke',
    load: async () => (await import('./token.ts')).addToken,
  },
  {
    name: 'access-key',
    group: 'Keep',
    description: 'who may ask through AWS clients: create, list, revoke',
    load: async () => (await import('./access-key.ts')).addAccessKey,
  },
  {
    name: 'config',
    group: 'Keep',
    description: 'settings: print, validate, schema',
    load: async () => (await import('./config.ts')).addConfig,
  },
  {
    name: 'simulate',
    group: 'Keep',
    description: 'write trail files of made-up accounts, with labelled incidents (labels.json)',
    load: async () => (await import('./simulate.ts')).addSimulate,
  },
]
