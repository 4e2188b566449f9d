import { Type } from 'typebox'
import { docsPage, type ShownDocument } from '../docs/docs-page.ts'
import { STYLE } from '../docs/style.ts'
import type { HttpApp } from '../http-types.ts'

const asText = (text: string): string => text
const answersWith = (type: string, description: string) => ({
  200: { description, content: { [type]: { schema: Type.String() } } },
})

/** `/docs`: the whole API on one page, which needs nothing from elsewhere and no scripts. */
export function addDocsRoutes(app: HttpApp): void {
  app.get(
    '/docs',
    {
      config: { access: 'public' },
      schema: { summary: 'The API for people.', response: answersWith('text/html', 'A page.') },
    },
    async ({ protocol, headers: { host = '127.0.0.1' } }, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .serializer(asText)
        .send(docsPage(app.swagger() as ShownDocument, `${protocol}://${host}`)),
  )
  app.get(
    '/docs/style.css',
    {
      config: { access: 'public' },
      schema: { summary: 'How it looks.', response: answersWith('text/css', 'A style sheet.') },
    },
    async (_request, reply) => reply.type('text/css; charset=utf-8').serializer(asText).send(STYLE),
  )
}
