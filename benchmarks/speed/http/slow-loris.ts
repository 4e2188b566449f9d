import { connect, type Socket } from 'node:net'

// Sockets that begin a request and send a byte of a header now and then: slow-loris.js PORT COUNT. What is cut off comes again.
const [port = 0, count = 0] = process.argv.slice(2).map(Number)
const BEGIN = 'GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: '
const EVERY_MS = 1_000
const LOOK_MS = 100

const open = new Set<Socket>()
let cut = 0
let least = count

function begin(): void {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.on('data', () => {})
  socket.once('connect', () => {
    open.add(socket)
    socket.write(BEGIN)
    if (open.size === count) process.stdout.write('held\n')
  })
  socket.once('close', () => {
    open.delete(socket)
    cut += 1
    begin()
  })
}

for (let at = 0; at < count; at++) setTimeout(begin, (at / count) * EVERY_MS)
setInterval(() => {
  for (const socket of open) socket.write('a')
}, EVERY_MS)
setTimeout(() => {
  setInterval(() => {
    least = Math.min(least, open.size)
  }, LOOK_MS)
}, 2 * EVERY_MS)

process.once('SIGTERM', () => {
  process.stdout.write(`${JSON.stringify({ least, cut })}\n`, () => process.exit(0))
})
