#!/usr/bin/env node
import { availableParallelism, hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCommandLine } from './cli/command-line.ts'

// The SDK's notice about its next Node.js version is for us, not for users.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

const { NO_COLOR, FORCE_COLOR } = process.env
const outIsTerminal = process.stdout.isTTY === true

// A reader that stops early (`| head`) ends the output, not the program.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: process.stdin,
  outIsTerminal,
  errIsTerminal: process.stderr.isTTY === true,
  width: process.stdout.columns ?? 120,
  colour: !NO_COLOR && (outIsTerminal || Boolean(FORCE_COLOR)),
  cwd: process.cwd(),
  now: () => Date.now(),
  sleep: (ms) => sleep(ms),
  random: () => Math.random(),
  pid: process.pid,
  host: hostname(),
  cores: availableParallelism(),
  isAlive,
  onStop: (stop) => {
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  },
  residentBytes: () => process.memoryUsage.rss(),
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
