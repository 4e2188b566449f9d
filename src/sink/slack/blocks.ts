import { cutText } from '../cut-text.ts'
import { contextOf, insightLines, titleOf } from '../message-words.ts'
import { safe } from '../safe.ts'
import type { Message } from '../sink.ts'
import { rendered } from '../templates/rendered.ts'

/** What Slack takes at most. */
const MOST_TITLE = 150
const MOST_TEXT = 3000

/**
 * A message as Slack takes it, in the words of a template: these are Slack's own markup, of which values have nothing but emphasis. No
 * value mentions anybody or becomes a link.
 */
export function templatedBody(message: Message, template: string): object {
  const markup = cutText(
    rendered(template, message, (value) => escaped(safe(value))),
    MOST_TEXT,
  )
  return {
    text: escaped(cutText(titleOf(message), MOST_TITLE)),
    unfurl_links: false,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: markup, verbatim: true } },
      contextBlock(message),
    ],
  }
}

/**
 * A message as Slack takes it: plain text alone, so that nothing out of an event is formatted, mentions anybody or becomes a link. `text`
 * is for notifications.
 */
export function slackBody(message: Message): object {
  const title = titleOf(message)
  return {
    text: escaped(cutText(title, MOST_TITLE)),
    mrkdwn: false,
    unfurl_links: false,
    blocks: [
      { type: 'header', text: plain(title, MOST_TITLE) },
      { type: 'section', text: plain(insightLines(message).join('\n'), MOST_TEXT) },
      contextBlock(message),
    ],
  }
}

/** Its id lets a receiver know a repeat. */
const contextBlock = (message: Message): object => ({
  ...{ type: 'context', block_id: message.id, elements: [plain(contextOf(message), MOST_TEXT)] },
})

const plain = (text: string, most: number): object => ({
  ...{ type: 'plain_text', text: cutText(text, most), emoji: false },
})

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
