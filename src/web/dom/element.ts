/** What an element may hold: nothing, text, or further elements. Text stays text, whatever is in it. */
export type Content = string | number | Node | null | undefined | false

type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>

/**
 * A new element. `true` writes an attribute without a value; `false`, `null` and `undefined` leave it out. Nothing is ever
 * parsed as markup.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...contents: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    made.setAttribute(key, value === true ? '' : String(value))
  }
  made.append(...contentsOf(contents))
  return made
}

/** A button that does `act`. */
export function button(
  label: string,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label)
  made.addEventListener('click', act)
  return made
}

/** Puts `contents` in the place of all that `parent` holds; what had the focus has it again, found by its `data-key`. */
export function refill(parent: HTMLElement, ...contents: readonly Content[]): void {
  const key = parent.contains(document.activeElement)
    ? (document.activeElement as HTMLElement).dataset['key']
    : undefined
  parent.replaceChildren(...contentsOf(contents))
  if (key === undefined) return
  const again = [...parent.querySelectorAll<HTMLElement>('[data-key]')]
  again.find((each) => each.dataset['key'] === key)?.focus({ preventScroll: true })
}

function contentsOf(contents: readonly Content[]): (string | Node)[] {
  return contents
    .filter((each) => each !== null && each !== undefined && each !== false)
    .map((each) => (each instanceof Node ? each : String(each)))
}
