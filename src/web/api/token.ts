const KEY = 'offtrail-token'

/** The token that was typed in; it lives as long as the tab does. */
export const token = {
  get: (): string | null => sessionStorage.getItem(KEY),
  set: (text: string): void => sessionStorage.setItem(KEY, text),
  forget: (): void => sessionStorage.removeItem(KEY),
}
