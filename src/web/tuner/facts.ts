import type { EpisodeFacts } from '../api/answers.ts'
import { ask } from '../api/client.ts'
import type { FactsOf, Found } from './decide.ts'

/** Characters of one question's URL, and episodes in it. */
const LONGEST = 3_500
const MOST = 30

/** What the server has said about episodes; asks for more, a few at a time. */
export interface FactsBook {
  readonly of: FactsOf
  /** Asks for those that are not known yet; `isWanted` says, between two questions, whether to go on. */
  readonly fetch: (found: readonly Found[], isWanted: () => boolean) => Promise<void>
}

/** An episode as the server's questions name it. */
export function episodeText({ series, episode }: Found): string {
  const { trigger, startWindow, endWindow } = episode
  return [trigger.fromWindow, trigger.untilWindow, startWindow, endWindow ?? '', series.key].join(
    '.',
  )
}

/** A book of facts with nothing in it yet. */
export function factsBook(): FactsBook {
  const known = new Map<string, EpisodeFacts>()
  return {
    of: (found) => known.get(episodeText(found)),
    async fetch(found, isWanted) {
      const texts = [...new Set(found.map(episodeText))].filter((text) => !known.has(text))
      for (const episode of portions(texts)) {
        if (!isWanted()) return
        const { items } = await ask<{ readonly items: readonly EpisodeFacts[] }>(
          '/v1/replay/episodes',
          { episode },
        )
        for (const [place, facts] of items.entries()) known.set(episode[place] ?? '', facts)
      }
    },
  }
}

/** As many at once as a URL takes. */
function portions(texts: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = []
  let length = Number.POSITIVE_INFINITY
  for (const text of texts) {
    const cost = new URLSearchParams({ episode: text }).toString().length + 1
    const last = all.at(-1)
    if (last === undefined || length + cost > LONGEST || last.length >= MOST) {
      all.push([text])
      length = cost
    } else {
      last.push(text)
      length += cost
    }
  }
  return all
}
