import { contextOf, insightLines, titleOf } from '../message-words.ts'
import type { Message } from '../sink.ts'

/** What Slack takes at most. */
const MOST_TITLE = 150
const MOST_TEXT = 3000

/**
 * A message as Slack takes it: plain text alone, so that nothing out of an event is formatted, mentions anybody or becomes a link. `text`
 * is for notifications.
 */
export function slackBody(message: Message): object {
  const title = titleOf(message)
  return {
    text: escaped(cut(title, MOST_TITLE)),
    mrkdwn: false,
    unfurl_links: false,
    blocks: [
      { type: 'header', text: plain(title, MOST_TITLE) },
      { type: 'section', text: plain(insightLines(message).join('\n'), MOST_TEXT) },
      // The id lets a receiver know a repeat.
      { type: 'context', block_id: message.id, elements: [plain(contextOf(message), MOST_TEXT)] },
    ],
  }
}

const plain = (text: string, most: number): object => ({
  ...{ type: 'plain_text', text: cut(text, most), emoji: false },
})

function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const characters = [...text.slice(0, most - 1)]
  // The half of a character that was cut through.
  if (/[\uD800-\uDBFF]$/.test(characters.at(-1) ?? '')) characters.pop()
  return `${characters.join('')}…`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
