import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** How a process ended, and all it said. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A process that works beside this one. */
export interface Running {
  readonly pid: number
  readonly ended: Promise<Ended>
  /** Resolves to what it said once that matches; throws where it ends before. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Tells it to stop, and waits until it has. */
  readonly stop: () => Promise<Ended>
}

/** Starts a Node process that is to work beside this one. */
export function start(script: string, args: readonly string[]): Running {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, ...said }))
  })
  return {
    pid: child.pid ?? 0,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said.out + said.err)
          if (found !== null) resolve(found)
        }
        child.stdout.on('data', look)
        child.stderr.on('data', look)
        look()
        void ended.then(({ code, err }) => reject(new Error(`error: ended with ${code}: ${err}`)))
      }),
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** What a process printed last, as JSON. Throws what it complained of where it failed. */
export function lastWord<Word>({ code, out, err }: Ended): Word {
  if (code !== 0) throw new Error(`error: ended with ${code}: ${err.trim()}`)
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')
}

/** Hundredths of a second, by which Linux tells what a process has used. */
const TICKS_A_SECOND = 100

/** CPU seconds of another process so far, user and system, all threads. */
export function cpuSecondsOfProcess(pid: number): number {
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(words[11]) + Number(words[12])) / TICKS_A_SECOND
}
