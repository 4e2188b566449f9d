/** CPU seconds of this process so far, user and system, all threads. */
export function cpuNow(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** CPU seconds that a piece of work takes. */
export function cpuSecondsOf(work: () => unknown): number {
  const before = cpuNow()
  work()
  return cpuNow() - before
}
