/** What a token may do, each also what those before it may: ask; say what happened (verdicts, labels); switch detection. */
export const TOKEN_SCOPES = ['read', 'write', 'admin'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

/** A token to ask over HTTP with, as it is kept: its secret is not. */
export interface ApiToken {
  /** Public half. */
  readonly id: string
  /** SHA-256 of the secret, hexadecimal: 256 random bits need no slower hash. */
  readonly sha256: string
  readonly name: string
  readonly accounts: 'all' | readonly string[]
  /** What it may do about these accounts. */
  readonly scope: TokenScope
  /** RFC 3339. */
  readonly createdTime: string
  /** RFC 3339; null: never. */
  readonly expiresTime: string | null
}

/** Whether a token of one scope may do what needs another. */
export function reaches(scope: TokenScope, needed: TokenScope): boolean {
  return TOKEN_SCOPES.indexOf(scope) >= TOKEN_SCOPES.indexOf(needed)
}
