import type { Burst } from './pipeline-world.ts'

export type DayBurst = Omit<Burst, 'day'>

export const CONTRACTOR = 'arn:aws:iam::111122223333:user/contractor'
export const BY_CONTRACTOR = { userIdentity: { type: 'IAMUser', arn: CONTRACTOR } }

/** So many calls each of so many APIs, within twenty minutes. */
export function sweep(
  { apis, calls, minute }: { apis: number; calls: number; minute: number },
  changes: object,
): readonly DayBurst[] {
  return Array.from({ length: apis }, (_, at) => ({
    ...{ minute: minute + Math.floor((at * 20) / apis), count: calls, minutes: 1 },
    changes: { eventName: `Describe${at}`, readOnly: true, ...changes },
  }))
}

/** Terraform looks at the same 40 APIs on most working days, at another time each. */
export function ordinary(day: number): readonly DayBurst[] {
  if (day % 7 > 4 || day % 3 === 1) return []
  const arn = `arn:aws:sts::111122223333:assumed-role/terraform/run${day}`
  const minute = 540 + ((day * 137) % 400)
  return sweep({ apis: 40, calls: 2, minute }, { userIdentity: { type: 'AssumedRole', arn } })
}
