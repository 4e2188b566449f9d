/**
 * Lets `act` draw something anew without moving what somebody looks at: what has the focus, or else the first thing with a `data-key`
 * on the screen, stays where it is.
 */
export function holdStill(root: HTMLElement, act: () => void): void {
  const keyed = () => [...root.querySelectorAll<HTMLElement>('[data-key]')]
  const isSeen = (each: Element): boolean => {
    const { top, bottom } = each.getBoundingClientRect()
    return bottom > 0 && top < innerHeight
  }
  const focused = keyed().find((each) => each === document.activeElement && isSeen(each))
  const mark = focused ?? keyed().find(isSeen)
  const key = mark?.dataset['key']
  const before = mark?.getBoundingClientRect().top
  act()
  const after = keyed().find((each) => each.dataset['key'] === key)
  if (key === undefined || before === undefined || after === undefined) return
  const moved = after.getBoundingClientRect().top - before
  if (moved !== 0) scrollBy(0, moved)
}
