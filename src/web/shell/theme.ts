import { button } from '../dom/element.ts'

const KEY = 'offtrail-theme'
const isDark = matchMedia('(prefers-color-scheme: dark)')

/** Told whenever colours change: what is drawn by script is drawn again. */
const listeners = new Set<() => void>()

/** Calls `act` whenever colours change, until the function it gives is called. */
export function onTheme(act: () => void): () => void {
  listeners.add(act)
  return () => listeners.delete(act)
}

/** A button that turns light to dark and back. Until it is used, the page follows the system. */
export function themeButton(): HTMLButtonElement {
  const made = button('', () => {
    localStorage.setItem(KEY, themeNow() === 'dark' ? 'light' : 'dark')
    apply()
  })
  const apply = () => {
    const chosen = localStorage.getItem(KEY)
    if (chosen === null) delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = chosen
    made.textContent = themeNow() === 'dark' ? '☾ Dark' : '☀ Light'
    made.setAttribute('aria-label', `Colours are ${themeNow()}: switch`)
    for (const act of listeners) act()
  }
  isDark.addEventListener('change', apply)
  apply()
  return made
}

function themeNow(): 'dark' | 'light' {
  const chosen = localStorage.getItem(KEY)
  if (chosen === 'dark' || chosen === 'light') return chosen
  return isDark.matches ? 'dark' : 'light'
}

/** The colour that a custom property has now, as canvases take it. */
export function colourOf(property: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${property})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
