import { AGGREGATE_TITLES } from './aggregate.ts'
import type { Insight } from './insight.ts'
import { serviceOf } from './service.ts'

/** What an insight is about, for people: `ec2:RunInstances`, `ssm:GetParameter ThrottlingException`, `(denied calls)`. */
export function apiWords({ eventSource, eventName, errorCode, aggregate }: Insight): string {
  if (aggregate !== null) return `(${AGGREGATE_TITLES[aggregate.kind]})`
  const api = `${serviceOf(eventSource)}:${eventName}`
  return errorCode === null ? api : `${api} ${errorCode}`
}
