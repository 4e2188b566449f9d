import { Command } from 'commander'
import { COMMANDS } from '../../src/cli/commands.ts'
import { recordingTerminal } from './offtrail.ts'

/** Parses a command line as the program does, and does nothing. Throws what the program's own parser throws. */
export async function parsed(argv: readonly string[]): Promise<void> {
  const [name, ...rest] = argv
  const entry = COMMANDS.find((each) => each.name === name)
  if (entry === undefined) throw new Error(`there is no command ${name}`)
  const command = new Command(entry.name)
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} })
  const { terminal } = recordingTerminal()
  ;(await entry.load())(command, { terminal, exitWith: () => {} })
  await command.action(() => {}).parseAsync(rest, { from: 'user' })
}
