import type { FastifySchemaValidationError } from 'fastify'

interface ParameterSchema {
  readonly enum?: readonly string[]
  readonly items?: ParameterSchema
}

interface WrongParameter {
  readonly parameter: string
  readonly detail: string
}

/** What is wrong with a query or a path, one line a parameter, in words that say what is right. */
export function wrongParameters(
  errors: readonly FastifySchemaValidationError[],
  schema: unknown,
): WrongParameter[] {
  const { properties = {} } = (schema ?? {}) as { properties?: Record<string, ParameterSchema> }
  const known = new Map(Object.entries(properties))
  const lines = errors.map(({ instancePath, keyword, message, params }) => {
    const parameter = String(
      params['additionalProperty'] ?? params['missingProperty'] ?? instancePath.split('/')[1] ?? '',
    )
    const detail = wordsFor(keyword, message ?? 'is not valid', known, known.get(parameter))
    return [parameter, { parameter, detail }] as const
  })
  return [...new Map(lines).values()]
}

function wordsFor(
  keyword: string,
  message: string,
  known: ReadonlyMap<string, ParameterSchema>,
  schema: ParameterSchema | undefined,
): string {
  if (keyword === 'additionalProperties') {
    const names = [...known.keys()].join(', ')
    return `is not a parameter here; ${names === '' ? 'there are none' : `these are: ${names}`}`
  }
  if (keyword === 'required') return 'is required'
  const choices = schema?.enum ?? schema?.items?.enum
  return keyword === 'enum' && choices !== undefined
    ? `must be one of ${choices.join(', ')}`
    : message
}
