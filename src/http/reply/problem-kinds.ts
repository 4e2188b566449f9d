import { FAULTS, type FaultCode } from '../../base/fault.ts'

interface ProblemKind {
  readonly status: number
  readonly title: string
}

/** Problems that only HTTP has, with what to do about each. */
export const HTTP_PROBLEMS = {
  UNAUTHORIZED: {
    status: 401,
    title: 'A token is needed',
    remedy:
      'Send `Authorization: Bearer TOKEN`. `offtrail token create` makes tokens, `offtrail token list` tells which there are and when they end.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'The token does not reach so far',
    remedy:
      'What speaks of all accounts together needs a token for all accounts: one that was made without `--account`. Writing needs one that was made with `--write`, pushing events one with `--write` for all accounts, switching detection one made with `--admin`.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'The method is not answered here',
    remedy: '`Allow` names the methods that are. Events are posted to `/v1/events`.',
  },
  TOO_SLOW: {
    status: 408,
    title: 'The request came too slowly',
    remedy: 'Headers have 10 seconds to arrive, a whole request 15. Ask again.',
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    title: 'The request is too large',
    remedy:
      'A body of events has at most 5 MiB as sent: compress it with gzip, or send it in several. Other bodies have at most 64 KiB, and questions none: they are query parameters.',
  },
  URL_TOO_LONG: {
    status: 414,
    title: 'The URL is too long',
    remedy: 'A URL has at most 4096 characters and 64 query parameters. Ask in several requests.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The media type is not supported',
    remedy:
      'Events are sent as `application/json`, `application/x-ndjson`, `application/gzip` or `application/octet-stream`, with `Content-Encoding: gzip` or none; other bodies are `application/json`. Questions have no body: leave out Content-Type.',
  },
  MISDIRECTED: {
    status: 421,
    title: 'The Host header names another server',
    remedy:
      'Address the server as localhost or by its loopback address. This keeps web pages from reading it through a name of theirs.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too many requests',
    remedy:
      'Wait as long as `Retry-After` says. Larger pages (`limit`, at most 500) need fewer requests.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: 'The headers are too large',
    remedy: 'All headers together have at most 16 KiB. Send fewer, or shorter ones.',
  },
  INTERNAL: {
    status: 500,
    title: 'Offtrail has a bug here',
    remedy: 'The log has the details under the request id of the answer. Please report them.',
  },
  NOT_READY: {
    status: 503,
    title: 'Scheduled runs do not succeed',
    remedy:
      'What is answered is as old as the last run that ended well. The server says on stderr what each run ended with; `offtrail run` by hand, with the same `--store` and `--input`, says more.',
  },
  INBOX_FULL: {
    status: 503,
    title: 'The inbox is full',
    remedy:
      'As much was pushed as may wait for a run (`inbox.files`, `inbox.bytes`). Send it again after `Retry-After`; `offtrail run` or `serve --schedule` empties the inbox.',
  },
  BUSY: {
    status: 503,
    title: 'The answer took too long',
    remedy: 'Ask for a shorter span or a smaller page, or again later.',
  },
} as const satisfies Record<string, ProblemKind & { readonly remedy: string }>

const FAULT_TITLES: Readonly<Record<FaultCode, string>> = {
  USAGE: 'The request cannot be read',
  SETTINGS_INVALID: 'The settings are not valid',
  INPUT_INCOMPLETE: 'The input is incomplete',
  INPUT_NOT_FOUND: 'The input does not exist',
  COUNTS_INVALID: 'The counts cannot be read',
  NOT_FOUND: 'There is nothing here',
  NOT_ENOUGH_BASELINE: 'There is not enough history',
  AWS_ACCESS: 'AWS refused access',
  AWS_UNREACHABLE: 'AWS does not answer',
  SINK_FAILED: 'A sink took nothing',
  WORKER_LOST: 'A worker thread was lost',
  STORE_DAMAGED: 'The store is damaged',
  STORE_VERSION: 'The store was written by a newer version',
  STORE_MISSING: 'There is no store yet',
  STORAGE_FAILED: 'The storage failed',
  STORE_LOCKED: 'The store is locked by another run',
}

export type ProblemCode = FaultCode | keyof typeof HTTP_PROBLEMS

/** Every code an answer's problem `type` may end in. */
export const PROBLEM_CODES: readonly ProblemCode[] = [
  ...(Object.keys(FAULTS) as FaultCode[]),
  ...(Object.keys(HTTP_PROBLEMS) as (keyof typeof HTTP_PROBLEMS)[]),
]

/** HTTP status and title of a problem. */
export function problemKind(code: ProblemCode): ProblemKind {
  return code in HTTP_PROBLEMS
    ? HTTP_PROBLEMS[code as keyof typeof HTTP_PROBLEMS]
    : {
        status: FAULTS[code as FaultCode].status,
        title: FAULT_TITLES[code as FaultCode],
      }
}
