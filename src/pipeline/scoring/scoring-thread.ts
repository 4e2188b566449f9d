import { parentPort } from 'node:worker_threads'
import { daysToScore } from '../../../models/index.ts'
import { daysInTurn } from './days-in-turn.ts'
import type { NumberedOrder, ScoringReply } from './messages.ts'

parentPort?.on('message', ({ order, ...asked }: NumberedOrder) => {
  try {
    for (const day of daysInTurn(daysToScore(asked.history, asked.span, asked.grid), asked.begun)) {
      reply({ kind: 'scored', order, day })
    }
  } catch (error) {
    reply({ kind: 'broken', error })
  }
})

function reply(message: ScoringReply): void {
  parentPort?.postMessage(message)
}
