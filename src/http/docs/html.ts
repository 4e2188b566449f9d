import { safeHtml } from '../../sink/safe.ts'

/** Words with `code` in them, as HTML. */
export function wordsHtml(text: string): string {
  return safeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}
