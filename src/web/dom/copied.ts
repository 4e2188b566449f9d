import { copyButton } from './copy-button.ts'
import { download } from './download.ts'
import { button, element } from './element.ts'

/** A text to take away: copied, and saved where it is a file. */
export function copied(title: string, text: string, file?: string): HTMLElement {
  const shown = element('code', {}, text)
  return element(
    'section',
    { 'aria-label': title },
    element('h3', {}, title),
    element('pre', { tabindex: 0 }, shown),
    element(
      'p',
      { class: 'row' },
      copyButton(shown, `Copy: ${title}`),
      file !== undefined &&
        button('Save', () => download(new Blob([text], { type: 'text/yaml' }), file), {
          'aria-label': `Save as ${file}`,
        }),
    ),
  )
}
