import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import type { SinkSettings } from '../base/sinks.ts'
import { rfc3339 } from '../base/times.ts'
import { testIncident } from '../insight/test-incident.ts'
import { healthOf, type SinkHealth } from '../pipeline/delivery/sink-memory.ts'
import { safe } from '../sink/safe.ts'
import { type Message, SinkFailure } from '../sink/sink.ts'
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
    .option('--dry-run', 'print the message, and send nothing')
    .addOption(configOption().makeOptionMandatory())
    .addOption(jsonOption())
    .action((name: string, flags: TestFlags) => testSink(name, flags, house))
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

interface TestFlags extends Flags {
  readonly dryRun?: boolean
}

async function testSink(name: string, flags: TestFlags, { terminal }: House): Promise<void> {
  const settings = sinkNamed(name, settingsOf(flags).sinks)
  if (flags.dryRun === true) {
    const message = previewOf(settings, { terminal })
    return terminal.out(flags.json === true ? jsonText({ name, message }) : `${message}\n`)
  }
  const startedMs = terminal.now()
  const answer = await sendTest(settings, { terminal })
  const elapsedMs = terminal.now() - startedMs
  if (flags.json === true) return terminal.out(jsonText({ name, answer, elapsedMs }))
  terminal.out(`${name} took the test message: ${safe(answer)}, after ${elapsedMs} ms.\n`)
}

/** The test message as it would be sent. */
function previewOf(settings: SinkSettings, { terminal }: Pick<House, 'terminal'>): string {
  const [messenger] = sinksOf([settings], sinkWorld(terminal)).messengers
  if (messenger === undefined)
    throw new Fault('USAGE', `${settings.name} gets files, not messages: --dry-run shows messages`)
  try {
    return messenger.preview(testMessage(terminal.now()))
  } catch (error) {
    throw failed(settings, error)
  }
}

async function sendTest(
  settings: SinkSettings,
  { terminal }: Pick<House, 'terminal'>,
): Promise<string> {
  const { sinks, messengers } = sinksOf([settings], sinkWorld(terminal))
  const message = testMessage(terminal.now())
  try {
    const [messenger] = messengers
    if (messenger !== undefined) return (await messenger.send(message, null)).answer
    for (const sink of sinks) await sink.deliver(message.incident.insights)
    return 'written'
  } catch (error) {
    throw failed(settings, error)
  }
}

function testMessage(nowMs: number): Message {
  return { id: randomUUID(), kind: 'test', incident: testIncident(nowMs) }
}

function failed({ name }: SinkSettings, cause: unknown): unknown {
  if (!(cause instanceof SinkFailure)) return cause
  return new Fault('SINK_FAILED', `${name} did not take it: ${cause.message}`, { cause })
}

function sinkNamed(name: string, sinks: readonly SinkSettings[]): SinkSettings {
  const found = sinks.find((sink) => sink.name === name)
  if (found !== undefined) return found
  const names = sinks.map((sink) => sink.name).join(', ')
  throw new Fault('NOT_FOUND', `there is no sink '${name}'; these are: ${names || 'none'}`)
}
