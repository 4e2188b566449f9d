import { connect, type Socket } from 'node:net'

// Sockets that begin a request and send a byte of a header now and then: slow-loris.js PORT COUNT. What is cut off comes again.
const [port = 0, count = 0] = process.argv.slice(2).map(Number)
const BEGIN = 'GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: '
const EVERY_MS = 1_000
const LOOK_MS = 100

const open = new Set<Socket>()
let cut = 0
const openSeen: number[] = []

function begin(): void {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.on('data', () => {})
  socket.once('connect', () => {
    open.add(socket)
    socket.write(BEGIN)
    if (open.size === count && openSeen.length === 0) allOpen()
  })
  socket.once('close', () => {
    open.delete(socket)
    cut += 1
    begin()
  })
}

function allOpen(): void {
  openSeen.push(count)
  setInterval(() => openSeen.push(open.size), LOOK_MS)
  process.stdout.write('all open\n')
}

for (let at = 0; at < count; at++) setTimeout(begin, (at / count) * EVERY_MS)
setInterval(() => {
  for (const socket of open) socket.write('a')
}, EVERY_MS)

process.once('SIGTERM', () => {
  const held = openSeen.reduce((sum, size) => sum + size, 0) / openSeen.length
  process.stdout.write(`${JSON.stringify({ held, cut })}\n`, () => process.exit(0))
})
