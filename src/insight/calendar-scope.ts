import type { Calendar } from '../base/calendars.ts'
import { matchesGlob } from '../base/glob.ts'
import type { Insight } from './insight.ts'
import { serviceOf } from './service.ts'

/** What a calendar's selectors are held against. */
export type InScope = Pick<Insight, 'account' | 'region' | 'eventSource' | 'eventName'>

/** Whether a calendar is about an API's calls; it is about all that its selectors do not rule out. */
export function isInScope(
  { account, region, api }: Pick<Calendar, 'account' | 'region' | 'api'>,
  about: InScope,
): boolean {
  const name = `${serviceOf(about.eventSource)}:${about.eventName}`
  return (
    (account === undefined || matchesGlob(account, about.account)) &&
    (region === undefined || matchesGlob(region, about.region)) &&
    (api === undefined || matchesGlob(api, name))
  )
}
