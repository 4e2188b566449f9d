import type { Command } from 'commander'
import { safe } from '../sink/safe.ts'
import { checkStore } from '../store/doctor.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { jsonOption, storeOption } from './options.ts'
import { withReader } from './stores.ts'

interface Flags {
  readonly store: string
  readonly json?: boolean
}

/** `offtrail doctor`: is the store whole, and does everything add up? Exit code 3 where something does not. */
export function addDoctor(command: Command, { terminal, exitWith }: House): void {
  command
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(({ store: path, json }: Flags) =>
      withReader(path, (store) => {
        const findings = checkStore(store)
        const ok = findings.every((finding) => finding.ok)
        if (json === true) terminal.out(jsonText({ ok, findings }))
        else
          for (const { ok: fine, check, words } of findings)
            terminal.out(`${fine ? 'ok    ' : 'FAILED'}  ${check}: ${safe(words)}\n`)
        if (!ok) exitWith(3)
      }),
    )
}
