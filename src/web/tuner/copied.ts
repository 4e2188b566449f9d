import { download } from '../dom/download.ts'
import { button, element } from '../dom/element.ts'

/** A text to take away, with buttons that copy and, where it is a file, save it. */
export function copied(
  title: string,
  text: string,
  { file, say }: { readonly file?: string; readonly say: (words: string) => void },
): HTMLElement {
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => say(`${title} copied`),
      () => say('The browser does not let the page copy: select the text'),
    )
  return element(
    'section',
    { 'aria-label': title },
    element('h3', {}, title),
    element('pre', { tabindex: 0 }, text),
    element(
      'p',
      { class: 'row' },
      button('Copy', copy, { 'data-key': `copy ${title}`, 'aria-label': `Copy: ${title}` }),
      file !== undefined &&
        button('Save', () => download(new Blob([text], { type: 'text/yaml' }), file), {
          ...{ 'data-key': `save ${title}`, 'aria-label': `Save as ${file}` },
        }),
    ),
  )
}
