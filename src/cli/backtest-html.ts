import { createHash } from 'node:crypto'
import { safeHtml } from '../sink/safe.ts'
import { type BacktestLine, basisWords, cellsOf, kindsOf, TITLES } from './tuning-words.ts'

const STYLE = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}
th,td{padding:.3rem .9rem .3rem 0;text-align:right;font-variant-numeric:tabular-nums;border-bottom:1px solid #8886}
th{font-size:.85rem}td:first-child,th:first-child{text-align:left}
svg{overflow:visible}line,circle{stroke:#2f6fdb;fill:#2f6fdb}.axis{stroke:#8888}text{font-size:11px;fill:currentColor}`

/** A backtest as one HTML file that asks nobody for anything: what each combination brought, drawn and in numbers. */
export function backtestHtml(lines: readonly BacktestLine[]): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`
  const paths = lines[0]?.changes.map(([path]) => path) ?? []
  const most = Math.max(1e-9, ...lines.map(({ result }) => result.othersPerWeek.high))
  const rows = lines.map((line) => [
    ...line.changes.map(([, value]) => safeHtml(String(value))),
    intervalSvg(line, most),
    ...cellsOf(line.result).map((cell) => safeHtml(String(cell))),
  ])
  const kinds = kindsOf(lines).map((row) => row.map((cell) => safeHtml(cell)))
  const [first] = lines
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Offtrail backtest</title>
<style>${STYLE}</style>
</head>
<body>
<h1>What other settings would have brought</h1>
<p>${first === undefined ? '' : safeHtml(basisWords(first))}</p>
${tableOf([...paths, 'others a week, with the 95 % interval of its mean', ...TITLES], rows)}
${kinds.length === 0 ? '' : `<h2>Kinds of incidents</h2>\n${tableOf(['KIND', 'CAUGHT AT MOST'], kinds)}`}
</body>
</html>
`
}

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((each) => `<th scope="col">${safeHtml(each)}</th>`).join('')
  const body = rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('\n')
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`
}

const WIDTH = 260

/** False alarms a week as a dot on a line as long as their interval; the numbers stand beside it. */
function intervalSvg({ result: { othersPerWeek: rate } }: BacktestLine, most: number): string {
  const x = (value: number): string => ((value / most) * WIDTH).toFixed(1)
  return `<svg width="${WIDTH}" height="16" aria-hidden="true"><line class="axis" x1="0" x2="${WIDTH}" y1="8" y2="8"/><line stroke-width="3" x1="${x(rate.low)}" x2="${x(rate.high)}" y1="8" y2="8"/><circle cx="${x(rate.got)}" cy="8" r="5"/></svg>`
}
