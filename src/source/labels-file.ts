import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { Fault } from '../base/fault.ts'
import { LABEL_NARROWING, type Label, labelFrom } from '../base/label.ts'
import { readCsvFile } from './counts/csv-file.ts'

const REQUIRED = ['kind', 'startTime', 'endTime'] as const

const text = Type.Union([Type.String(), Type.Null()])
const Row = Type.Object({
  kind: Type.String({ minLength: 1 }),
  startTime: Type.String(),
  endTime: Type.String(),
  title: Type.Optional(text),
  ...Object.fromEntries(LABEL_NARROWING.map((name) => [name, Type.Optional(text)])),
})
const LabelsSchema = Type.Object({ labels: Type.Array(Row) })

/**
 * Incidents that somebody knows of: YAML or JSON with a list `labels`, or CSV with a header (by the file's ending). Each has
 * `kind`, `startTime` and `endTime` (RFC 3339), and may have `title`, `account`, `region`, `eventSource`, `eventName`,
 * `errorCode` and `principal`. Throws `INPUT_NOT_FOUND`, `USAGE` naming the label that is wrong, or `COUNTS_INVALID` with the line
 * of a CSV.
 */
export async function readLabels(path: string): Promise<readonly Label[]> {
  const rows = extname(path) === '.csv' ? await rowsOfCsv(path) : rowsOfYaml(path)
  return rows.map((row, place) => labelFrom(row, `${path}: label ${place + 1}`))
}

type LabelRow = Static<typeof Row> & Readonly<Record<string, string | null | undefined>>

async function rowsOfCsv(path: string): Promise<readonly LabelRow[]> {
  const names = [...REQUIRED, 'title', ...LABEL_NARROWING]
  const rows: LabelRow[] = []
  await readCsvFile(
    path,
    { needed: REQUIRED, optional: ['title', ...LABEL_NARROWING] },
    (values) => {
      const given = names.map((name, at) => [name, values[at] === '' ? null : values[at]])
      rows.push(Object.fromEntries(given))
    },
  )
  return rows
}

function rowsOfYaml(path: string): readonly LabelRow[] {
  const content = contentOf(path)
  if (Value.Check(LabelsSchema, content)) return content.labels as readonly LabelRow[]
  const [problem] = Value.Errors(LabelsSchema, content)
  throw new Fault(
    'USAGE',
    `${path}: ${problem?.instancePath || 'the whole'} ${problem?.message}: write labels: [{ kind, startTime, endTime, … }]`,
  )
}

function contentOf(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0]
    throw new Fault('INPUT_NOT_FOUND', `cannot read the labels in ${path}: ${reason}`, { cause })
  }
}
