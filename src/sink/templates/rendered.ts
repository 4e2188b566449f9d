import { render } from '../../base/templates/template.ts'
import { safe, safeJson } from '../safe.ts'
import { type Message, SinkFailure } from '../sink.ts'
import { messageView } from './view.ts'

/** A message in the words of a template; `harmless` makes values harmless where they go. */
export function rendered(
  template: string,
  message: Message,
  harmless: (value: string) => string = safe,
): string {
  return render(template, messageView(message), harmless)
}

/** A message as the JSON that a template gives. Throws a `SinkFailure` about the message where it gives none. */
export function renderedJson(template: string, message: Message): string {
  const text = rendered(template, message, (value) => safeJson(value).slice(1, -1))
  try {
    JSON.parse(text)
    return text
  } catch (cause) {
    const words = `the template gave no JSON: ${(cause as Error).message}`
    throw new SinkFailure('message', words, { cause })
  }
}
