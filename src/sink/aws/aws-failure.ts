import { Fault } from '../../base/fault.ts'
import { SinkFailure } from '../sink.ts'

/** What of an SDK's errors decides; the rest is words. */
interface SdkError {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

const PASSING = /throttl|slow.?down|internal|unavailable|timeout|limitexceeded|toomanyrequests/i
const ABOUT_THE_MESSAGE = /^(InvalidParameter|ValidationException|MalformedDetail|.*TooLarge)/
const NETWORK = /^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/

/** An SDK's error as a sink's failure: what AWS has no word for is about the place, such as credentials and permissions; a role that cannot be taken is a fault by now. */
export function awsFailure(error: unknown): SinkFailure {
  if (error instanceof Fault) {
    const about = error.code === 'AWS_UNREACHABLE' ? 'passing' : 'place'
    return new SinkFailure(about, error.message, { cause: error })
  }
  const { name = 'Error', message = '', code = '', $metadata = {} } = error as SdkError
  const { httpStatusCode: status = 0 } = $metadata
  return failureOf(
    { name, message, isPassing: status >= 500 || NETWORK.test(code), isSize: status === 413 },
    error,
  )
}

/** The failure that an error code of AWS stands for. */
export function awsCodeFailure(name: string, message: string): SinkFailure {
  return failureOf({ name, message, isPassing: false, isSize: false }, undefined)
}

function failureOf(
  {
    name,
    message,
    isPassing,
    isSize,
  }: {
    readonly name: string
    readonly message: string
    readonly isPassing: boolean
    readonly isSize: boolean
  },
  cause: unknown,
): SinkFailure {
  const words = `AWS says ${name}: ${message}`
  if (isPassing || PASSING.test(name)) return new SinkFailure('passing', words, { cause })
  const isAboutOne = isSize || ABOUT_THE_MESSAGE.test(name)
  return new SinkFailure(isAboutOne ? 'message' : 'place', words, { cause })
}
