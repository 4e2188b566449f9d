/**
 * Makes arrow keys move the focus among what `choose` gives, so that a list is one stop of the tab key. Left and right move by one
 * as well where `isGrid`, and up and down then to the nearest of the next row.
 */
export function rove(
  parent: HTMLElement,
  selector: string,
  { isGrid = false }: { readonly isGrid?: boolean } = {},
): void {
  const items = () => [...parent.querySelectorAll<HTMLElement>(selector)]
  parent.addEventListener('focusin', ({ target }) => {
    if (items().includes(target as HTMLElement)) makeStop(items(), target as HTMLElement)
  })
  parent.addEventListener('keydown', (event) => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    if (at === -1) return
    const next = isGrid ? inGrid(all, at, event.key) : inList(all, at, event.key)
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  })
}

/** The one of `items` that the tab key stops at. */
export function makeStop(items: readonly HTMLElement[], stop: HTMLElement | undefined): void {
  for (const item of items) item.tabIndex = item === stop ? 0 : -1
}

function inList(all: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowDown') return all[at + 1]
  if (key === 'ArrowUp') return all[at - 1]
  if (key === 'Home') return all[0]
  return key === 'End' ? all.at(-1) : undefined
}

function inGrid(all: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowRight') return all[at + 1]
  if (key === 'ArrowLeft') return all[at - 1]
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return inList(all, at, key)
  const here = all[at]?.getBoundingClientRect() as DOMRect
  const places = all.map((item) => ({ item, box: item.getBoundingClientRect() }))
  const beyond = places.filter(({ box }) =>
    key === 'ArrowDown' ? box.top > here.top + 1 : box.top < here.top - 1,
  )
  const distance = (box: DOMRect) =>
    1_000 * Math.abs(box.top - here.top) + Math.abs(box.left - here.left)
  return beyond.sort((a, b) => distance(a.box) - distance(b.box))[0]?.item
}
