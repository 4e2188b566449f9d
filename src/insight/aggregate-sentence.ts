import type { Aggregate } from '../../models/index.ts'
import { type NormalCount, normalClause, rarityOf, spanOf } from './explain-sentence.ts'
import { type Principal, shortPrincipal } from './principal.ts'

/** The numbers one sentence about an aggregate is made of. */
export interface AggregateSentence {
  readonly kind: Aggregate
  readonly scope: 'region' | 'principal'
  readonly count: number
  readonly minutes: number
  /** APIs that took part. */
  readonly apiCount: number
  readonly normal: NormalCount
  /** When that is normal; null where it holds at any time. */
  readonly slot: string | null
  readonly score: number
  readonly principal: Principal | null
}

/**
 * What happened over many APIs at once, in one sentence:
 * `62 APIs new to user/contractor in 20 minutes; fewer than 18 are normal; once in 30 weeks`.
 */
export function aggregateSentence(parts: AggregateSentence): string {
  const { normal, slot, score, scope, principal } = parts
  return [
    `${quantityOf(parts)} in ${spanOf(parts.minutes)}`,
    normalClause(normal, slot),
    rarityOf(score),
    ...(scope === 'principal' || principal === null ? [] : [mostlyBy(principal)]),
  ].join('; ')
}

function quantityOf({
  kind,
  scope,
  count,
  apiCount,
  principal,
  minutes,
}: AggregateSentence): string {
  const who = scope === 'principal' && principal !== null ? shortPrincipal(principal.value) : null
  if (kind === 'newcomers') {
    const apis = counted(count, 'API')
    return who === null ? `${apis} called for the first time` : `${apis} new to ${who}`
  }
  if (kind === 'denials') {
    const denied = `${counted(count, 'denied call')} of ${counted(apiCount, 'API')}`
    return who === null ? denied : `${denied} by ${who}`
  }
  if (who !== null) return `${counted(count, 'different API')} by ${who}`
  const eachHour = minutes > 60 ? ' (each once an hour)' : ''
  return `${counted(count, 'different API')}${eachHour}`
}

function mostlyBy({ value, share }: Principal): string {
  const percent = share >= 1 ? 100 : Math.min(99, Math.round(share * 100))
  return `${percent} % by ${shortPrincipal(value)}`
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
