/** The files of the web page, as built. */
export interface PageFiles {
  readonly html: string
  readonly script: string
  readonly style: string
}
