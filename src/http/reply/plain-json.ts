import type { HttpApp } from '../http-types.ts'

/** Characters that steer a terminal, hide text or reorder it; JSON lets most of them stand as they are. */
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Escapes such characters in JSON answers, so that curl in a terminal shows them. They parse to the same values. */
export function addPlainJson(app: HttpApp): void {
  app.addHook('onSend', async ({ isKept }, reply, payload) => {
    if (isKept) return payload
    const type = String(reply.getHeader('content-type'))
    const isJson = /^application\/(problem\+|x-amz-)?json/.test(type)
    return isJson && typeof payload === 'string' ? payload.replace(STEERING, escaped) : payload
  })
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
