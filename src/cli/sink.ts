import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import type { SinkSettings } from '../base/sinks.ts'
import { rfc3339 } from '../base/times.ts'
import { testIncident } from '../insight/test-incident.ts'
import { healthOf, type SinkHealth } from '../pipeline/delivery/sink-memory.ts'
import { safe } from '../sink/safe.ts'
import { SinkFailure } from '../sink/sink.ts'
import { sinksOf } from '../sink/sinks-of.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { configOption, jsonOption, settingsOf, storeOption } from './options.ts'
import { sinkWorld } from './sink-world.ts'
import { withReader } from './stores.ts'
import { cutAt } from './terminal.ts'
import { textTable } from './text-table.ts'

interface Flags {
  readonly store: string
  readonly config: string
  readonly json?: boolean
}

/** `offtrail sink list|test`: who is told of insights, and how that goes. */
export function addSink(command: Command, house: House): void {
  command
    .command('list', { isDefault: true })
    .description('the sinks of a settings file: what waits, what failed, as of the last run')
    .addOption(storeOption())
    .addOption(configOption().makeOptionMandatory())
    .addOption(jsonOption())
    .action((flags: Flags) => listSinks(flags, house))
  command
    .command('test')
    .description('send one message that is marked as a test, and say what came back')
    .argument('<name>', 'a sink of the settings file')
    .addOption(configOption().makeOptionMandatory())
    .addOption(jsonOption())
    .action((name: string, flags: Flags) => testSink(name, flags, house))
}

async function listSinks(flags: Flags, { terminal }: House): Promise<void> {
  const { sinks } = settingsOf(flags)
  const rows = await withReader(flags.store, (store) =>
    sinks.map(({ name, type }) => ({ name, type, ...viewOf(healthOf(store, name)) })),
  )
  if (flags.json === true) return terminal.out(jsonText(rows))
  if (rows.length === 0) return terminal.out('There are no sinks in these settings.\n')
  const cells = rows.map(({ name, type, waiting, dropped, lastSentTime, retryTime, trouble }) => [
    ...[name, type, waiting, dropped, lastSentTime ?? '-', retryTime ?? '-', safe(trouble ?? '-')],
  ])
  const titles = ['NAME', 'TYPE', 'WAITING', 'DROPPED', 'LAST SENT', 'NOT BEFORE', 'TROUBLE']
  terminal.out(textTable(titles, cells, cutAt(terminal)))
}

/** How a sink fares, for people and programs; `trouble` is what it said last, null where it took the last message. */
function viewOf({ failures, waiting, dropped, lastSentMs, retryAtMs, trouble }: SinkHealth) {
  return {
    ...{ waiting, dropped, failures },
    lastSentTime: lastSentMs === null ? null : rfc3339(lastSentMs),
    retryTime: retryAtMs === 0 ? null : rfc3339(retryAtMs),
    trouble,
  }
}

async function testSink(name: string, flags: Flags, { terminal }: House): Promise<void> {
  const settings = sinkNamed(name, settingsOf(flags).sinks)
  const startedMs = terminal.now()
  const answer = await sendTest(settings, { terminal })
  const elapsedMs = terminal.now() - startedMs
  if (flags.json === true) return terminal.out(jsonText({ name, answer, elapsedMs }))
  terminal.out(`${name} took the test message: ${safe(answer)}, after ${elapsedMs} ms.\n`)
}

async function sendTest(
  settings: SinkSettings,
  { terminal }: Pick<House, 'terminal'>,
): Promise<string> {
  const { sinks, messengers } = sinksOf([settings], sinkWorld(terminal))
  const incident = testIncident(terminal.now())
  const message = { id: randomUUID(), kind: 'test', incident } as const
  try {
    const [messenger] = messengers
    if (messenger !== undefined) return (await messenger.send(message, null)).answer
    for (const sink of sinks) await sink.deliver(incident.insights)
    return 'written'
  } catch (cause) {
    if (!(cause instanceof SinkFailure)) throw cause
    throw new Fault('SINK_FAILED', `${settings.name} did not take it: ${cause.message}`, { cause })
  }
}

function sinkNamed(name: string, sinks: readonly SinkSettings[]): SinkSettings {
  const found = sinks.find((sink) => sink.name === name)
  if (found !== undefined) return found
  const names = sinks.map((sink) => sink.name).join(', ')
  throw new Fault('NOT_FOUND', `there is no sink '${name}'; these are: ${names || 'none'}`)
}
