import { AwsError } from './aws-error.ts'

/** A request's body: members by name, none of them trusted. */
export type Input = Readonly<Record<string, unknown>>

/** What a text member must be, and the error where it is not. */
export interface TextRule {
  readonly most: number
  readonly least?: number
  readonly pattern?: RegExp
  readonly error?: string
}

const INVALID = 'InvalidParameterException'

/** The deepest shape of the API has three levels; what is far deeper could not be written as text again. */
const MOST_LEVELS = 32

/** Reads a body. Throws `SerializationException` for what is no JSON object, or nested too deep; an empty one stands for `{}`. */
export function inputOf(body: Buffer): Input {
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString())
  } catch {
    throw new AwsError('SerializationException', 'the body is not JSON')
  }
  if (!isObject(value)) throw new AwsError('SerializationException', 'the body is no JSON object')
  if (isDeeper(value, MOST_LEVELS)) {
    throw new AwsError('SerializationException', `the body has more than ${MOST_LEVELS} levels`)
  }
  return value
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1))
}

/** A text member; undefined where it is absent or null. */
export function optionalText(input: Input, name: string, rule: TextRule): string | undefined {
  const { most, least = 1, pattern, error = INVALID } = rule
  const value = given(input, name)
  if (value === undefined) return undefined
  if (typeof value !== 'string')
    throw new AwsError('SerializationException', `${name} is no string`)
  if (value.length < least || value.length > most) {
    throw new AwsError(
      error,
      `${name} has ${value.length} characters: ${least} to ${most} are allowed`,
    )
  }
  if (pattern !== undefined && !pattern.test(value)) {
    throw new AwsError(error, `${name} must match ${pattern.source}`)
  }
  return value
}

/** A text member that must be there. */
export function requiredText(input: Input, name: string, rule: TextRule): string {
  const value = optionalText(input, name, rule)
  if (value === undefined) throw new AwsError(rule.error ?? INVALID, `${name} is missing`)
  return value
}

/** A member that is one of some words. */
export function oneOf<Word extends string>(
  input: Input,
  name: string,
  words: readonly Word[],
  error: string = INVALID,
): Word | undefined {
  const value = given(input, name)
  if (value === undefined) return undefined
  const found = words.find((word) => word === value)
  if (found === undefined) throw new AwsError(error, `${name} must be ${words.join(' or ')}`)
  return found
}

/** A whole number in a range, or what it is without one. */
export function wholeNumber(
  input: Input,
  name: string,
  range: { readonly least: number; readonly most: number; readonly otherwise: number },
  error: string = INVALID,
): number {
  const value = given(input, name)
  if (value === undefined) return range.otherwise
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new AwsError('SerializationException', `${name} is no whole number`)
  }
  if (value < range.least || value > range.most) {
    throw new AwsError(error, `${name} is ${value}: ${range.least} to ${range.most} are allowed`)
  }
  return value
}

/** A time, epoch seconds with or without a fraction on the wire, in epoch milliseconds. */
export function timeOf(input: Input, name: string, error: string = INVALID): number | undefined {
  const value = given(input, name)
  if (value === undefined) return undefined
  if (typeof value !== 'number') {
    throw new AwsError('SerializationException', `${name} must be a number of epoch seconds`)
  }
  const ms = value * 1000
  if (!(ms >= EARLIEST_MS && ms < LATEST_MS)) {
    throw new AwsError(error, `${name} lies outside 2006 to 2100`)
  }
  return ms
}

const EARLIEST_MS = Date.UTC(2006)
const LATEST_MS = Date.UTC(2101)

/** A list member; undefined where it is absent or null. */
export function listOf(input: Input, name: string): readonly unknown[] | undefined {
  const value = given(input, name)
  if (value === undefined) return undefined
  if (!Array.isArray(value)) throw new AwsError('SerializationException', `${name} is no list`)
  return value
}

export function isObject(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Own members only: `constructor` and the like are not there. */
function given(input: Input, name: string): unknown {
  return Object.hasOwn(input, name) ? (input[name] ?? undefined) : undefined
}
