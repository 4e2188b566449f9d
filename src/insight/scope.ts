import { fits } from '../base/glob.ts'
import type { Insight } from './insight.ts'
import { serviceOf } from './service.ts'

/** Selectors of a calendar or a suppression that an API answers to, whoever calls it. */
export interface Scope {
  readonly account?: string
  readonly region?: string
  readonly api?: string
}

/** What selectors are held against. */
export type InScope = Pick<Insight, 'account' | 'region' | 'eventSource' | 'eventName'>

/** Whether selectors are about an API's calls; they are about all that they do not rule out. */
export function isInScope({ account, region, api }: Scope, about: InScope): boolean {
  return (
    fits(account, about.account) &&
    fits(region, about.region) &&
    fits(api, `${serviceOf(about.eventSource)}:${about.eventName}`)
  )
}
