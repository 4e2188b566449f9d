/** Remembers ids: at least the last `keepCount` of them, never more than twice as many. */
export class SeenIds {
  private readonly keepCount: number
  private recent = new Set<string>()
  private older = new Set<string>()

  constructor(keepCount: number) {
    this.keepCount = keepCount
  }

  /** Whether the id is new here; from now on it is not. */
  add(id: string): boolean {
    if (this.recent.has(id)) return false
    const isNew = !this.older.has(id)
    this.recent.add(id)
    if (this.recent.size >= this.keepCount) {
      this.older = this.recent
      this.recent = new Set()
    }
    return isNew
  }
}
