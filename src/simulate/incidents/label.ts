/** What kind of trouble an incident is. */
export type IncidentKind =
  | 'call-burst'
  | 'first-seen'
  | 'denied-burst'
  | 'reconnaissance'
  | 'slow-rise'
  | 'error-burst'
  | 'rare-error'
  | 'drop'
  | 'sign-in-failures'
  | 'data-theft'
  | 'persistence'

/** What a detector should find, and what the calls behind it are. */
export interface LabelledIncident {
  readonly account: string
  readonly region: string
  /** `null`: several services. */
  readonly eventSource: string | null
  /** `null`: several APIs. */
  readonly eventName: string | null
  /** The error code it is about; `null`: the calls themselves, whatever became of them. */
  readonly errorCode: string | null
  readonly kind: IncidentKind
  /** Epoch milliseconds: its first call and just after its last; for a drop, the silence. */
  readonly startMs: number
  readonly endMs: number
  /** Calls in the files that belong to it and match the fields above; 0 for a drop. */
  readonly calls: number
  /** The caller's ARN without session name; `null` where nobody in particular acts. */
  readonly principal: string | null
  readonly title: string
}

/** Something unusual that is nobody's fault; an alarm about it is a false one. */
export interface LookAlike {
  readonly account: string
  readonly startMs: number
  readonly endMs: number
  readonly calls: number
  readonly principal: string
  readonly title: string
}
