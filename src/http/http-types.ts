import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyTypeProvider,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { StoreReader } from '../store/store.ts'
import type { HttpSettings } from './http-settings.ts'
import type { Pager } from './query/pager.ts'
import type { Explanation } from './reply/schemas.ts'

/** Why, or why not, a series was reported at a moment: the sentence and every number behind it. */
export type WhyNot = (seriesId: string, atMs: number, errorCode: string | null) => Explanation

/** What handlers may ask: the store, the settings, the clock, and why something was or was not reported. */
export interface House {
  readonly store: StoreReader
  readonly settings: HttpSettings
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly why: WhyNot
}

/** The house with the pager that signs its cursors. */
export interface PagedHouse extends House {
  readonly pager: Pager
}

type Seen<T> = T extends readonly (infer Item)[]
  ? readonly Seen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Seen<T[Key]> }
    : T

/** Queries and parameters are typed as their schemas say, and answers are checked against theirs. */
interface HttpTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown
  readonly serializer: this['schema'] extends TSchema ? Seen<Static<this['schema']>> : unknown
}

/** The application that routes are added to. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  HttpTypes
>
