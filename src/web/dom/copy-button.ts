import { button } from './element.ts'

/** A button that copies the text of `shown`. Where the clipboard may not be written, it is at least selected. */
export function copyButton(shown: HTMLElement, label: string): HTMLButtonElement {
  const copy = button(
    'Copy',
    () => {
      getSelection()?.selectAllChildren(shown)
      navigator.clipboard?.writeText(shown.textContent ?? '').then(
        () => {
          copy.textContent = 'Copied'
        },
        () => {},
      )
    },
    { 'aria-label': label },
  )
  return copy
}
