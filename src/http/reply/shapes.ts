import { type Static, type TSchema, Type } from 'typebox'

/** A reference by name to a schema that the application has registered. */
export function refTo<Schema extends TSchema>(schema: Schema) {
  return Type.Unsafe<Static<Schema>>(Type.Ref(String((schema as { $id?: string }).$id)))
}

/** A value that may be null. */
export function nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()])
}

/** A closed set of words. */
export function oneOf<const Words extends readonly string[]>(words: Words, description?: string) {
  return Type.Unsafe<Words[number]>({
    type: 'string',
    enum: [...words],
    ...(description !== undefined && { description }),
  })
}

/** Names to numbers or short texts: the terms of a score, in reading order. */
export const Terms = Type.Unsafe<Readonly<Record<string, number | string>>>({
  type: 'object',
  additionalProperties: { type: ['number', 'string'] },
})

/** Names to whole numbers. */
export const Counters = Type.Unsafe<Readonly<Record<string, number>>>({
  type: 'object',
  additionalProperties: { type: 'integer' },
})

/** A number, or null where there is none. */
export const NumberOrNull = Type.Unsafe<number | null>({ type: ['number', 'null'] })

/** A text, or null where there is none. */
export const TextOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'] })

/** RFC 3339 in UTC. */
export const Time = Type.String({ format: 'date-time' })

export const TimeOrNull = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  format: 'date-time',
})

/** A page of `items`, with where the next one begins. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object(
    { items: Type.Array(item), nextCursor: Type.Optional(Type.String()) },
    { additionalProperties: false },
  )
}
