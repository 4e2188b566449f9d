/** A token to read over HTTP with, as it is kept: its secret is not. */
export interface ApiToken {
  /** Public half. */
  readonly id: string
  /** SHA-256 of the secret, hexadecimal: 256 random bits need no slower hash. */
  readonly sha256: string
  readonly name: string
  readonly accounts: 'all' | readonly string[]
  /** Whether it may also write (verdicts) about these accounts; not, unless said. */
  readonly mayWrite?: boolean
  /** RFC 3339. */
  readonly createdTime: string
  /** RFC 3339; null: never. */
  readonly expiresTime: string | null
}
