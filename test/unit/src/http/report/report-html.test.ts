import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReportData } from '../../../../../src/http/report/report-data.ts'
import { reportHtml } from '../../../../../src/http/report/report-html.ts'

const html = readFileSync(new URL('../../../../../src/web/index.html', import.meta.url), 'utf8')
const page = { html, script: 'const it = "</script>$&"', style: 'a { color: red }' }
const data: ReportData = {
  ...{ from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z', made: '2026-03-03T00:00:00Z' },
  ...{ leftOut: 0, insights: [], incidents: [], whole: [], evidence: {}, records: {} },
  ...{ verdicts: [], series: [], points: [], exclusions: [], stretches: [] },
}
const between = (text: string, start: string, end: string): string => {
  const from = text.indexOf(start) + start.length
  return text.slice(from, text.indexOf(end, from))
}

describe('a report', () => {
  it('reads back as what was put in, whatever texts are in it, and begins no markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const records = { one: { text, more: `</script><!--${text}` } }
        const made = reportHtml(page, { ...data, records })
        const json = between(made, 'id="report">', '</script>')
        expect(json).not.toContain('<')
        expect(JSON.parse(json)).toEqual({ ...data, records })
      }),
    )
  })

  it('asks for nothing, and lets run only what is in it', () => {
    const made = reportHtml(page, data)
    expect(made).not.toMatch(/<link rel="stylesheet"|src="|href="\//)
    const policy = between(made, 'Content-Security-Policy" content="', '"')
    const hash = (text: string) => createHash('sha256').update(text).digest('base64')
    const script = between(made, '<script type="module">', '</script>')
    expect(script).toBe('const it = "<\\/script>$&"')
    expect(policy).toContain(`script-src 'sha256-${hash(script)}'`)
    expect(policy).toContain(`style-src 'sha256-${hash(between(made, '<style>', '</style>'))}'`)
    expect(policy).toContain("default-src 'none'")
    expect(made).toContain('<title>Offtrail report, 2026-03-01T00:00:00Z to ')
  })
})
