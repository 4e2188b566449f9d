#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { availableParallelism, hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { settleEngine } from './base/engine.ts'
import { runCommandLine } from './cli/command-line.ts'
import type { Again } from './cli/terminal.ts'

settleEngine(process.versions.v8)

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
  variable: (name) => process.env[name],
  now: () => Date.now(),
  sleep: (ms) => sleep(ms),
  random: () => Math.random(),
  nodeVersion: process.versions.node,
  pid: process.pid,
  host: hostname(),
  cores: availableParallelism(),
  isAlive,
  onStop: (stop) => {
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  },
  again,
  residentBytes: () => process.memoryUsage.rss(),
})

function again(args: readonly string[]): Again {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let err = ''
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString()
  })
  const ended = new Promise<{ code: number | null; err: string }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, err: error.message }))
    child.once('close', (code) => resolve({ code, err }))
  })
  return { ended, stop: () => child.kill('SIGTERM') }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
