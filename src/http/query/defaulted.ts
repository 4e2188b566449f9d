import { type TSchema, Type } from 'typebox'

/** A parameter that may be left out, since its schema has a default that then stands for it. */
export function defaulted<Schema extends TSchema>(schema: Schema): Schema {
  return Type.Optional(schema) as unknown as Schema
}
