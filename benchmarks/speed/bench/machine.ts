import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

/** What the figures depend on. */
export function machineLines(versions: readonly string[]): readonly string[] {
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0)
  return [
    `${cpus()[0]?.model}, ${availableParallelism()} cores, ${gigabytes} GiB, Linux ${release()}, Node ${process.version}`,
    versions.join(', '),
  ]
}

/** How busy the machine is: more than the cores, and wall times say little. */
export function loadLine(): string {
  const [one, five] = loadavg()
  return `load ${one?.toFixed(1)} (1 minute), ${five?.toFixed(1)} (5 minutes)`
}
