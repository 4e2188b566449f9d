import { connect } from 'node:net'
import type { Answer } from './client.ts'

const QUIET_MS = 60
const PATIENCE_MS = 5_000

/** Sends the bytes, hangs up when nothing more comes, and resolves to the answers. */
export function exchange(port: number, bytes: Buffer): Promise<readonly Answer[]> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1')
    socket.write(bytes)
    const quiet = setTimeout(() => socket.end(), QUIET_MS)
    const patience = setTimeout(() => reject(new Error('the connection stays open')), PATIENCE_MS)
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
      quiet.refresh()
    })
    socket.on('error', (error: Error & { code?: string }) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.on('close', () => {
      clearTimeout(quiet)
      clearTimeout(patience)
      resolve(
        text
          .split(/(?=HTTP\/1\.1 \d{3} )/)
          .filter((each) => each !== '')
          .map(answerOf),
      )
    })
  })
}

function answerOf(text: string): Answer {
  const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s, 2)
  const [line = '', ...lines] = head.split('\r\n')
  const headers = lines
    .map((each) => each.split(/: (.*)/s, 2))
    .map(([name = '', value = '']) => [name.toLowerCase(), value])
  return { status: Number(line.split(' ')[1]), headers: Object.fromEntries(headers), text: body }
}
