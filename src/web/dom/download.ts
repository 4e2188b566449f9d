/** Saves a file where the browser saves them. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers are still reading then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
