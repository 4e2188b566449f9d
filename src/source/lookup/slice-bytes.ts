import type { Ask, LookedUp, Page, Question } from './ask.ts'
import { SeenIds } from './seen-ids.ts'
import { troubleOf } from './trouble.ts'

/** Ids kept to drop repeats within a slice; older ones pass, and are told apart where events are counted. */
const KEEP_COUNT = 100_000
/** So often a slice starts over when its token is refused, and so often one token may be handed out in a row. */
const PATIENCE_COUNT = 8

/**
 * A slice as the bytes of one LookupEvents answer, `{"Events":[{"CloudTrailEvent":"…"},…]}`, page by page as they
 * come. Pages sent twice add nothing. Where a token is refused or has expired the slice starts over and goes on where it was,
 * because events given out already are known by id.
 */
export async function* sliceBytes(
  ask: Ask,
  span: Pick<Question, 'fromMs' | 'untilMs'>,
): AsyncGenerator<Uint8Array> {
  const seen = new SeenIds(KEEP_COUNT)
  let start = '{"Events":['
  for await (const page of pagesOf(ask, span)) {
    const texts = page.events.filter((event) => isNew(event, seen)).map(textOf)
    if (texts.length === 0) continue
    yield Buffer.from(start + texts.join(','))
    start = ','
  }
  yield Buffer.from(start === ',' ? ']}' : `${start}]}`)
}

async function* pagesOf(
  ask: Ask,
  span: Pick<Question, 'fromMs' | 'untilMs'>,
): AsyncGenerator<Page> {
  let token: string | undefined
  let restartCount = 0
  let sameTokenCount = 0
  for (;;) {
    const page = await pageOrRefusal(ask, { ...span, token })
    if ('refused' in page) {
      restartCount += 1
      if (restartCount > PATIENCE_COUNT) throw page.refused
      token = undefined
      continue
    }
    yield page
    if (page.token === undefined) return
    sameTokenCount = page.token === token ? sameTokenCount + 1 : 0
    if (sameTokenCount > PATIENCE_COUNT) throw new Error('CloudTrail hands out one page for ever')
    token = page.token
  }
}

/** A page, or the error that refused its token: without a token there is nothing to refuse. */
async function pageOrRefusal(ask: Ask, question: Question): Promise<Page | { refused: unknown }> {
  try {
    return await ask(question)
  } catch (error) {
    if (question.token === undefined || troubleOf(error) !== 'token') throw error
    return { refused: error }
  }
}

function isNew({ EventId: id }: LookedUp, seen: SeenIds): boolean {
  return id === undefined || seen.add(id)
}

/** Without its record an event stays as `{}`, to be counted as rejected. */
function textOf({ CloudTrailEvent }: LookedUp): string {
  return JSON.stringify({ CloudTrailEvent })
}
