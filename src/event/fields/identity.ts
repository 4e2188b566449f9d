import { clip } from './text.ts'

/** AWS allows 2 048 bytes to an ARN. */
export const ARN_BYTES = 2048

const ASSUMED_ROLE = ':assumed-role/'

/**
 * Who called, in one text that stays the same from session to session: the ARN (of an assumed role without its session
 * name), else the service in `invokedBy`, else the user name, else `root`, the account of a foreign caller, or the
 * identity's type. `null` where the record says nothing (service events, console exports).
 */
export function identityOf(userIdentity: unknown): string | null {
  if (typeof userIdentity !== 'object' || userIdentity === null) return null
  const { arn, invokedBy, userName, type, accountId }: IdentityFields = userIdentity
  const name = isText(arn) ? withoutSession(arn) : firstText(invokedBy, userName)
  const text = name ?? typeText(type, accountId)
  return text === null ? null : clip(text, ARN_BYTES)
}

interface IdentityFields {
  readonly arn?: unknown
  readonly invokedBy?: unknown
  readonly userName?: unknown
  readonly type?: unknown
  readonly accountId?: unknown
}

function withoutSession(arn: string): string {
  const role = arn.indexOf(ASSUMED_ROLE)
  if (role < 0) return arn
  const session = arn.indexOf('/', role + ASSUMED_ROLE.length)
  return session < 0 ? arn : arn.slice(0, session)
}

function typeText(type: unknown, accountId: unknown): string | null {
  if (type === 'Root') return 'root'
  if (type === 'AWSAccount') return firstText(accountId, type)
  return firstText(type)
}

function firstText(...values: readonly unknown[]): string | null {
  return values.find(isText) ?? null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
