/** An incident that somebody knows of. What is null is not narrowed down. */
export interface Label {
  /** What kind of trouble, in the words of whoever keeps the labels; `drop`: fewer calls than usual, any other: more. */
  readonly kind: string
  readonly title: string
  readonly account: string | null
  readonly region: string | null
  readonly eventSource: string | null
  readonly eventName: string | null
  readonly errorCode: string | null
  /** The caller's ARN without session name. */
  readonly principal: string | null
  /** Epoch milliseconds: its first call, and just after its last. */
  readonly startMs: number
  readonly endMs: number
}
