import { createHash } from 'node:crypto'
import type { PageFiles } from '../page.ts'
import type { ReportData } from './report-data.ts'

/**
 * The page with what it shows inside it: one file that asks nobody for anything, and whose policy lets it do nothing but show. Texts
 * out of events stand in it as JSON in which no markup can begin.
 */
export function reportHtml({ html, script, style }: PageFiles, data: ReportData): string {
  const code = script.replaceAll('</script', '<\\/script')
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hashOf(code)}'`,
    `style-src 'sha256-${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
  const title = `Offtrail report, ${data.from} to ${data.to}`
  return html
    .replace(
      '<title>Offtrail</title>',
      () =>
        `<title>${title}</title>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
    .replace(/<script type="module"[^>]*><\/script>/, '')
    .replace(
      /<noscript>.*<\/noscript>/s,
      () => '<noscript>This report needs JavaScript.</noscript>',
    )
    .replace(
      '</body>',
      () =>
        `<script type="application/json" id="report">${jsonIn(data)}</script>\n    <script type="module">${code}</script>\n  </body>`,
    )
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64')

/** JSON for inside of an element: the same value, without a `<`. */
function jsonIn(data: ReportData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}
