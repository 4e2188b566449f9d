import type { TSchema } from 'typebox'
import { Type } from 'typebox'
import { Fault } from '../../base/fault.ts'

/** `fields`: which fields of an item are wanted. */
export const fieldsField = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 1_024,
    description: 'Only these fields of each item, with commas between: id,severity,explanation.',
  }),
)

/** The names in `fields`, or null for all. Throws `USAGE` for one that the items have not. */
export function chosenFields(fields: string | undefined, item: TSchema): readonly string[] | null {
  if (fields === undefined) return null
  const known = Object.keys((item as unknown as { properties: object }).properties)
  const names = fields.split(',').map((name) => name.trim())
  for (const name of names) {
    if (!known.includes(name)) {
      throw new Fault('USAGE', `fields: there is no '${name}', but ${known.join(', ')}`)
    }
  }
  return names
}

/** An item with the chosen fields alone, in its own order. */
export function withFields<Item extends object>(
  item: Item,
  chosen: readonly string[] | null,
): Partial<Item> {
  if (chosen === null) return item
  const kept = Object.entries(item).filter(([name]) => chosen.includes(name))
  return Object.fromEntries(kept) as Partial<Item>
}
