import { Agent, request } from 'node:http'

/** A request as it goes out. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What came back. */
export interface Answer {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** Asks the server at `port` over a few connections that are kept. */
export function clientOf(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const send = (sent: Sent, attempt = 0): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { body, method, path } = sent
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
      const options = { method, path, headers: { ...sent.headers, ...length } }
      const asked = request({ host: '127.0.0.1', port, agent, ...options }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
        response.on('error', reject)
      })
      asked.on('error', (error: Error & { code?: string }) => {
        // A kept connection may be closed while a request is on its way: clients then ask again.
        if (asked.reusedSocket && attempt < 5) resolve(send(sent, attempt + 1))
        else reject(new Error(`${error.message} at ${JSON.stringify(sent)}`, { cause: error }))
      })
      asked.end(body)
    })
  return { send: (sent: Sent) => send(sent), close: () => agent.destroy() }
}
