import { type Command, Option } from 'commander'
import { Fault } from '../base/fault.ts'
import { buildApp } from '../http/app.ts'
import { httpSettings } from '../http/http-settings.ts'
import { DEFAULT_ADDRESS, listen } from '../http/listen.ts'
import { isLoopback } from '../http/loopback.ts'
import { whyOf } from '../pipeline/why.ts'
import { inboxDoor } from '../sink/inbox.ts'
import { ACCESS_KEY_FILE } from '../source/access-keys.ts'
import { API_TOKEN_FILE } from '../source/api-tokens.ts'
import { faultsText } from '../source/faults-text.ts'
import { watchKeyFile } from '../source/key-file.ts'
import { pageFiles } from '../source/page-files.ts'
import { editorOf } from '../store/sqlite/edit-store.ts'
import type { StoreReader } from '../store/store.ts'
import { accessKeysOption } from './access-key.ts'
import type { House } from './house.ts'
import { configOption, storeOption, wholeNumber } from './options.ts'
import { auditLog, requestLog } from './request-log.ts'
import { checkPattern, type Schedule, startSchedule } from './schedule.ts'
import {
  expectPushes,
  firstRun,
  refuseUnscheduled,
  runArgs,
  type ScheduleFlags,
  scheduleOptions,
} from './serve-schedule.ts'
import { settingsFor, withReader } from './stores.ts'
import type { Terminal } from './terminal.ts'
import { tokensOption } from './token.ts'

interface Flags extends ScheduleFlags {
  readonly host: string
  readonly port: number
  readonly log: 'json' | 'none'
  readonly accessKeys?: string
  readonly unsignedAws?: boolean
  readonly tokens?: string
}

/** `offtrail serve`: the HTTP API over a store; reads while a run writes. */
export function addServe(command: Command, house: House): void {
  command
    .addOption(storeOption())
    .addOption(configOption())
    .option(
      '--host <address>',
      'address to listen on; others than loopback need --tokens',
      DEFAULT_ADDRESS.host,
    )
    .option(
      '--port <number>',
      'port; 0 takes any free one',
      wholeNumber('--port', { min: 0, max: 65_535 }),
      DEFAULT_ADDRESS.port,
    )
    .addOption(
      new Option('--log <form>', 'access log on stderr').choices(['json', 'none']).default('none'),
    )
    .addOption(tokensOption())
    .addOption(accessKeysOption())
    .option('--unsigned-aws', 'answer AWS clients that do not sign (--no-sign-request), too')
  for (const option of scheduleOptions(house.terminal)) command.addOption(option)
  command.action((flags: Flags) => serve(flags, house))
}

async function serve(flags: Flags, { terminal }: House): Promise<void> {
  const { schedule: pattern, input = [], store: path } = flags
  if (flags.tokens !== undefined && flags.unsignedAws === true) {
    throw new Fault(
      'USAGE',
      'with --tokens nobody is answered unasked: leave out --unsigned-aws, and let AWS clients sign (--access-keys)',
    )
  }
  refuseUnscheduled(flags)
  if (pattern === undefined) return withReader(path, (store) => answer(store, flags, terminal))
  checkPattern(pattern)
  if (input.length === 0) await expectPushes(flags)
  const args = runArgs(flags, terminal)
  const begin = () => terminal.again(args)
  if (!(await firstRun(flags, begin, terminal))) return
  const runs = startSchedule(pattern, begin, terminal.err)
  try {
    await withReader(path, (store) => answer(store, flags, terminal, runs))
  } finally {
    await runs.stop()
  }
}

async function answer(
  store: StoreReader,
  { store: path, config, host, port, log, accessKeys, unsignedAws, tokens }: Flags,
  terminal: Terminal,
  runs?: Schedule,
): Promise<void> {
  const settings = settingsFor(store, config === undefined ? {} : { config })
  const app = await buildApp({
    store,
    settings: httpSettings(settings),
    now: terminal.now,
    why: whyOf(store, settings),
    faultsText: faultsText(),
    page: pageFiles(),
    editor: editorOf(path),
    inbox: inboxDoor(path, settings.inbox, terminal.now),
    audit: auditLog(terminal),
    tokens: tokens === undefined ? null : watchKeyFile(tokens, API_TOKEN_FILE),
    aws: {
      keys: accessKeys === undefined ? () => [] : watchKeyFile(accessKeys, ACCESS_KEY_FILE),
      unsigned: unsignedAws === true,
    },
    ...(runs === undefined ? {} : { runCounts: runs.counts }),
    ...(log === 'json' ? { log: requestLog(terminal) } : {}),
  })
  const stopped = new Promise<void>((resolve) => terminal.onStop(resolve))
  const url = await listen(app, { host, port, beyondLoopback: tokens !== undefined })
  if (!isLoopback(host) && host !== 'localhost') {
    terminal.err('Answers go out in the clear: put a proxy with TLS in front.\n')
  }
  terminal.err(
    `Serving ${path} on ${url} (Ctrl-C stops). Open it in a browser, or try: curl -s ${url}/v1/insights?limit=3\n`,
  )
  await stopped
  await app.close()
}
