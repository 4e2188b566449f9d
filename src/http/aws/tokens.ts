import { createHash, randomBytes } from 'node:crypto'
import { openCursor, type Place, sealCursor } from '../query/cursor.ts'
import { AwsError } from './aws-error.ts'
import type { AwsCaller } from './caller.ts'
import type { Input } from './input.ts'

/** Turns `NextToken`s into places and back; each belongs to one caller and one set of parameters. */
export interface Tokens {
  open(of: Asked, token: string): Place
  seal(of: Asked, place: Place): string
}

/** What a token is bound to. */
export interface Asked {
  readonly operation: string
  readonly caller: AwsCaller
  readonly input: Input
  /** The error that a foreign token is answered with. */
  readonly error: string
}

/** Tokens signed with `secret`, or with a key that ends with the process. */
export function tokensWith(secret: string | null): Tokens {
  const key =
    secret === null ? randomBytes(32) : createHash('sha256').update(`token\n${secret}`).digest()
  return {
    open(asked, token) {
      try {
        return openCursor(key, questionOf(asked), token)
      } catch {
        throw new AwsError(
          asked.error,
          'NextToken does not belong to these parameters: send those of the first page again',
        )
      }
    },
    seal: (asked, place) => sealCursor(key, questionOf(asked), place),
  }
}

/** The size of a page may change on the way. */
function questionOf({ operation, caller, input }: Asked): string {
  const { NextToken: _token, MaxResults: _size, ...rest } = input
  const members = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([operation, caller.accounts, caller.region, members])
}
