import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** A wrong place of raw settings: its path (`alarmBudget.account`) and what is wrong there. */
export interface WrongSetting {
  readonly path: string
  readonly words: string
}

/** Every wrong place of a value that stands at a path (JSON pointer) of the settings. */
export function problemsOf(schema: TSchema, value: unknown, at: string): readonly WrongSetting[] {
  return Value.Errors(schema, value)
    .filter(({ keyword }) => keyword !== 'const' && keyword !== 'boolean')
    .map(({ instancePath, keyword, message, params }) => ({
      path: `${at}${instancePath}`.slice(1).replaceAll('/', '.') || 'settings',
      words: wordsFor(schemaAt(schema, instancePath), keyword, message, params),
    }))
}

function wordsFor(schema: SchemaNode, keyword: string, message: string, params: object): string {
  if (keyword === 'additionalProperties' && 'additionalProperties' in params) {
    const unknown = params.additionalProperties as readonly string[]
    return `${unknown.join(', ')} is not a setting here; these are: ${Object.keys(schema.properties ?? {}).join(', ')}`
  }
  const choices = keyword === 'anyOf' ? schema.anyOf?.map((choice) => choice.const) : schema.enum
  return choices === undefined ? message : `must be one of ${choices.join(', ')}`
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  readonly anyOf?: readonly { const?: unknown }[]
  readonly enum?: readonly unknown[]
}

function schemaAt(schema: TSchema, path: string): SchemaNode {
  let node = schema as SchemaNode
  for (const key of path.split('/').slice(1)) node = node.properties?.[key] ?? node.items ?? {}
  return node
}
