import { type Command, Option } from 'commander'
import { buildApp } from '../http/app.ts'
import { httpSettings } from '../http/http-settings.ts'
import { DEFAULT_ADDRESS, listen } from '../http/listen.ts'
import { isLoopback } from '../http/loopback.ts'
import { whyOf } from '../pipeline/why.ts'
import { ACCESS_KEY_FILE } from '../source/access-keys.ts'
import { API_TOKEN_FILE } from '../source/api-tokens.ts'
import { faultsText } from '../source/faults-text.ts'
import { watchKeyFile } from '../source/key-file.ts'
import { accessKeysOption } from './access-key.ts'
import type { House } from './house.ts'
import { configOption, storeOption, wholeNumber } from './options.ts'
import { requestLog } from './request-log.ts'
import { settingsFor, withReader } from './stores.ts'
import { tokensOption } from './token.ts'

interface Flags {
  readonly store: string
  readonly config?: string
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
    .action((flags: Flags) => serve(flags, house))
}

async function serve(
  { store: path, config, host, port, log, accessKeys, unsignedAws, tokens }: Flags,
  { terminal }: House,
): Promise<void> {
  await withReader(path, async (store) => {
    const settings = settingsFor(store, config === undefined ? {} : { config })
    const app = await buildApp({
      store,
      settings: httpSettings(settings),
      now: terminal.now,
      why: whyOf(store, settings),
      faultsText: faultsText(),
      tokens: tokens === undefined ? null : watchKeyFile(tokens, API_TOKEN_FILE),
      aws: {
        keys: accessKeys === undefined ? () => [] : watchKeyFile(accessKeys, ACCESS_KEY_FILE),
        unsigned: unsignedAws === true,
      },
      ...(log === 'json' ? { log: requestLog(terminal) } : {}),
    })
    const stopped = new Promise<void>((resolve) => terminal.onStop(resolve))
    const url = await listen(app, { host, port, beyondLoopback: tokens !== undefined })
    if (!isLoopback(host) && host !== 'localhost') {
      terminal.err('Answers go out in the clear: put a proxy with TLS in front.\n')
    }
    terminal.err(
      `Serving ${path} on ${url} (Ctrl-C stops). Try: curl -s ${url}/v1/insights?limit=3\n`,
    )
    await stopped
    await app.close()
  })
}
