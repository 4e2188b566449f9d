import { Fault } from './fault.ts'
import { parseMoment } from './times.ts'

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

/** What a label may be narrowed down by. */
export const LABEL_NARROWING = [
  'account',
  'region',
  'eventSource',
  'eventName',
  'errorCode',
  'principal',
] as const

/** A label as people write it: times RFC 3339, an absent title the kind, `ec2` short for `ec2.amazonaws.com`. */
export type WrittenLabel = {
  readonly kind?: string | null | undefined
  readonly title?: string | null | undefined
  readonly startTime?: string | null | undefined
  readonly endTime?: string | null | undefined
} & { readonly [Name in (typeof LABEL_NARROWING)[number]]?: string | null | undefined }

/** The label that was written; `where` begins the message of the `USAGE` that is thrown for what is none. */
export function labelFrom(written: WrittenLabel, where: string): Label {
  const { kind, title, eventSource: source = null } = written
  const startMs = momentAt(written.startTime, `${where}: startTime`)
  const endMs = momentAt(written.endTime, `${where}: endTime`)
  if (endMs <= startMs) throw new Fault('USAGE', `${where}: endTime must lie after startTime`)
  if (!kind) throw new Fault('USAGE', `${where}: kind is missing`)
  return {
    ...{ kind, title: title ?? kind, startMs, endMs },
    account: written.account ?? null,
    region: written.region ?? null,
    eventSource: source === null || source.includes('.') ? source : `${source}.amazonaws.com`,
    eventName: written.eventName ?? null,
    errorCode: written.errorCode ?? null,
    principal: written.principal ?? null,
  }
}

/** Labels are kept for years, so their times are no `30d`. */
function momentAt(given: string | null | undefined, where: string): number {
  const words = `${where} is '${given}': write it as 2026-10-21T02:35:00Z`
  try {
    const ms = parseMoment(String(given ?? ''), Number.NaN)
    if (Number.isFinite(ms)) return ms
  } catch (cause) {
    throw new Fault('USAGE', words, { cause })
  }
  throw new Fault('USAGE', words)
}
