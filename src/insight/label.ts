import { createHash } from 'node:crypto'
import type { Label } from '../base/label.ts'
import { rfc3339 } from '../base/times.ts'

/** A label that is kept: who gave it, and when. */
export interface KeptLabel extends Label {
  readonly id: string
  /** A token's name, or the user of a command line. */
  readonly by: string
  /** Epoch milliseconds. */
  readonly atMs: number
}

/** 16 hexadecimal digits from everything but the title: the same incident, told twice, is one label. */
export function labelId(label: Label): string {
  const { kind, account, region, eventSource, eventName, errorCode, principal } = label
  const { startMs, endMs } = label
  const place = [account, region, eventSource, eventName, errorCode, principal]
  const text = JSON.stringify([kind, ...place, startMs, endMs])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** A label as it is kept from now on. */
export function keptLabel(label: Label, said: Pick<KeptLabel, 'by' | 'atMs'>): KeptLabel {
  return { ...label, id: labelId(label), ...said }
}

/** A kept label as the outside sees it: times RFC 3339 in UTC. */
export function labelView({ startMs, endMs, atMs, ...label }: KeptLabel) {
  return { ...label, startTime: rfc3339(startMs), endTime: rfc3339(endMs), time: rfc3339(atMs) }
}
