import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { HttpApp } from './http-types.ts'
import { REQUEST_LIMITS } from './limits.ts'

/**
 * Lets `close()` end: connections on which nothing is being answered are hung up at once, the others when no answer can
 * take longer. Node closes those alone that have had an answer, and no longer counts how slowly a request comes.
 */
export function hangUpOnClose(app: HttpApp): void {
  const connections = new Set<Socket>()
  const answers = new Set<ServerResponse>()
  app.server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  app.server.on('request', (_request, response) => {
    answers.add(response)
    response.once('close', () => answers.delete(response))
  })
  app.addHook('preClose', async () => {
    const asked = [...answers].filter(({ req }) => req.complete)
    const answered = new Set(asked.map(({ req }) => req.socket))
    for (const socket of connections) if (!answered.has(socket)) socket.destroy()
    setTimeout(() => app.server.closeAllConnections(), REQUEST_LIMITS.handlerTimeout).unref()
  })
}
