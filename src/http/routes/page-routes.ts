import { Type } from 'typebox'
import type { HttpApp } from '../http-types.ts'
import type { PageFiles } from '../page.ts'

/** `/app/…`: what the page at `/` is made of. It holds no data: the page asks the API for all it shows. */
export function addPageRoutes(app: HttpApp, { script, style }: PageFiles): void {
  for (const { path, type, text, summary } of [
    { path: '/app/page.js', type: 'text/javascript', text: script, summary: 'The page’s script.' },
    { path: '/app/page.css', type: 'text/css', text: style, summary: 'The page’s style sheet.' },
  ]) {
    app.get(
      path,
      {
        config: { access: 'public' },
        schema: {
          summary,
          response: {
            200: { description: 'As built.', content: { [type]: { schema: Type.String() } } },
          },
        },
      },
      async (_request, reply) =>
        reply
          .type(`${type}; charset=utf-8`)
          // Kept by browsers, and asked about each time: it changes with the program only.
          .header('cache-control', 'no-cache')
          .serializer((whole: string) => whole)
          .send(text),
    )
  }
}
