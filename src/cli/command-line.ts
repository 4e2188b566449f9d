import { Command, CommanderError } from 'commander'
import { FAULTS, Fault } from '../base/fault.ts'
import { VERSION } from '../base/version.ts'
import { safe } from '../sink/safe.ts'
import { COMMANDS } from './commands.ts'
import type { House } from './house.ts'
import type { Terminal } from './terminal.ts'

const BUG = 70

/** Runs one command line; answers the exit code. Never throws. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0
  const house: House = {
    terminal,
    exitWith: (code) => {
      exitCode = code
    },
  }
  try {
    const program = await programFor(argv, house)
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    return report(error, terminal)
  }
}

/** The program with all commands; only the one that is named is loaded whole, so that help comes at once. */
async function programFor(argv: readonly string[], house: House): Promise<Command> {
  const { out, err, colour, width } = house.terminal
  const program = new Command('offtrail')
    .description(
      'CloudTrail Insights in the open: what each AWS API normally does, and when it did not.',
    )
    .version(VERSION, '-V, --version')
    .configureOutput({
      writeOut: out,
      writeErr: err,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => colour,
      getErrHasColors: () => colour,
      outputError: (words, write) => write(usageWords(words)),
    })
    .enablePositionalOptions()
  for (const { name, group, description, load } of COMMANDS) {
    const command = program.command(name).helpGroup(`${group}:`).description(description)
    if (argv.includes(name)) (await load())(command, house)
  }
  for (const command of [program, ...everyCommand(program)]) {
    command.exitOverride()
    if (command !== program) command.copyInheritedSettings(program)
    command.showHelpAfterError(`${pathOf(command)} --help lists what there is.`)
  }
  return program
}

function everyCommand(command: Command): readonly Command[] {
  return command.commands.flatMap((sub) => [sub, ...everyCommand(sub)])
}

function pathOf(command: Command): string {
  const { parent } = command
  return parent === null ? command.name() : `${pathOf(parent)} ${command.name()}`
}

/** Commander's words in the form of a fault's. */
function usageWords(words: string): string {
  return `offtrail: ${words.replace(/^error: /, '').trimEnd()} [USAGE]\n`
}

function report(error: unknown, { err }: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAULTS.USAGE.exit
  if (error instanceof Fault) {
    err(`offtrail: ${safe(error.message)} [${error.code}]\n`)
    return FAULTS[error.code].exit
  }
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  err(
    `offtrail: this is a bug in Offtrail, please report it:\n${words.split('\n').map(safe).join('\n')}\n`,
  )
  return BUG
}
