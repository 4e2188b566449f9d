import { Type } from 'typebox'
import type { House, HttpApp } from '../http-types.ts'
import { oneOf } from '../reply/shapes.ts'

const closed = { additionalProperties: false }

/** `/livez`: the process answers. `/readyz`: so does the store. */
export function addHealthRoutes(app: HttpApp, { store }: House): void {
  app.get(
    '/livez',
    {
      config: { access: 'public' },
      schema: {
        summary: 'The server answers.',
        response: { 200: Type.Object({ status: oneOf(['live']) }, closed) },
      },
    },
    async () => ({ status: 'live' as const }),
  )
  app.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: {
        summary: 'The store answers as well.',
        response: { 200: Type.Object({ status: oneOf(['ready']) }, closed) },
      },
    },
    async () => {
      store.runs(1)
      return { status: 'ready' as const }
    },
  )
}
