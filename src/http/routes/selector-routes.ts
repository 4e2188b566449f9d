import { type Static, Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import {
  SELECTOR_CATEGORIES,
  SELECTOR_TYPES,
  type Selected,
  selectedAt,
  switchesTo,
} from '../../insight/selection.ts'
import type { House, HttpApp } from '../http-types.ts'
import { oneOf } from '../reply/shapes.ts'

const closed = { additionalProperties: false }

const categories = Type.Array(oneOf(SELECTOR_CATEGORIES), {
  minItems: 1,
  maxItems: SELECTOR_CATEGORIES.length,
  uniqueItems: true,
})

const Selectors = Type.Object(
  {
    account: Type.String(),
    selectors: Type.Array(
      Type.Object({ insightType: oneOf(SELECTOR_TYPES), eventCategories: categories }, closed),
      { description: 'What is looked for; empty: nothing that can be switched.' },
    ),
  },
  closed,
)

const SelectorsBody = Type.Object(
  {
    account: Type.String({ maxLength: 100 }),
    selectors: Type.Array(
      Type.Object(
        { insightType: oneOf(SELECTOR_TYPES), eventCategories: Type.Optional(categories) },
        closed,
      ),
      { maxItems: SELECTOR_TYPES.length },
    ),
  },
  {
    ...closed,
    examples: [
      { account: '111122223333', selectors: [{ insightType: SELECTOR_TYPES[0] }] },
    ] as const,
  },
)

/** `/v1/selectors`: what is looked for in each account, as AWS's insight selectors say it; and switching it. */
export function addSelectorRoutes(app: HttpApp, { now }: Pick<House, 'now'>): void {
  app.get(
    '/v1/selectors',
    {
      config: { access: 'account' },
      schema: {
        summary: 'Which insight types are looked for in which calls of each account, now.',
        response: { 200: Type.Object({ items: Type.Array(Selectors) }, closed) },
      },
    },
    async ({ reader }) => ({
      items: reader
        .accounts()
        .map(({ account }) =>
          replyOf(account, selectedAt(reader.selectorChanges(), account, now())),
        ),
    }),
  )
  app.put(
    '/v1/selectors',
    {
      config: { access: 'admin' },
      schema: {
        summary:
          'Switches an account: what is named is looked for in whatever begins from now on, and nothing else. The next run decides by it; counting and learning go on. Without `eventCategories` it is `Management`.',
        body: SelectorsBody,
        response: { 200: Selectors },
      },
    },
    async ({ body, reader, editor }) => {
      const { account, selectors } = body as Static<typeof SelectorsBody>
      if (!reader.accounts().some((each) => each.account === account)) {
        throw new Fault('NOT_FOUND', `there is no account '${account}': /v1/selectors lists them`)
      }
      const wanted = wantedOf(selectors)
      const atMs = now()
      const changes = switchesTo(wanted, reader.selectorChanges(), { account, atMs })
      editor.switchSelectors({ account, changes })
      return replyOf(account, wanted)
    },
  )
}

/** Throws `USAGE` where a type stands twice. */
function wantedOf(selectors: Static<typeof SelectorsBody>['selectors']): readonly Selected[] {
  const types = selectors.map(({ insightType }) => insightType)
  if (new Set(types).size < types.length) {
    throw new Fault('USAGE', 'selectors: an insightType stands twice')
  }
  return selectors.map(({ insightType, eventCategories = ['Management'] }) => ({
    ...{ insightType, categories: eventCategories },
  }))
}

function replyOf(account: string, selected: readonly Selected[]) {
  const selectors = selected.map(({ insightType, categories: eventCategories }) => ({
    ...{ insightType, eventCategories: [...eventCategories] },
  }))
  return { account, selectors }
}
