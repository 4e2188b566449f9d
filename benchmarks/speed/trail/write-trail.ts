import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chance, type Random, randomOf } from '../../quality/scenario/random.ts'
import type { TrailShape } from '../../shapes.ts'
import { CellCounts, type Digest } from './digest.ts'
import { eventsOf } from './events.ts'
import { type Event, recordText } from './record.ts'

/** A trail on disk, and what was meant to be in it. */
export interface Trail {
  readonly name: string
  readonly folder: string
  readonly files: number
  readonly rawBytes: number
  readonly storedBytes: number
  /** What counting all records must give. Told by the generator, not by any parser. */
  readonly digest: Digest
  /** Records that were delivered a second time. */
  readonly repeats: number
}

const REPEATED_SHARE = 0.002
const DELIVERY_SECONDS = 400

/** One Region's file of an account while it is filled. */
interface OpenFile {
  readonly account: string
  readonly region: string
  texts: string[]
  /** Records of the file before, to be delivered again. */
  again: { readonly event: Event; readonly text: string }[]
}

/** Writes a trail in CloudTrail's layout, a file whenever one is full; one that is there already is used as it is. */
export function writeTrail(name: string, shape: TrailShape, root: string): Trail {
  const folder = join(root, name)
  const note = join(root, `${name}.json`)
  const wanted = JSON.stringify(shape)
  if (existsSync(note)) {
    const known = JSON.parse(readFileSync(note, 'utf8'))
    if (JSON.stringify(known.shape) === wanted) return { ...known.trail, folder }
  }
  // Files of another shape would be counted along.
  rmSync(folder, { recursive: true, force: true })
  const trail = { name, folder, ...written(folder, shape) }
  writeFileSync(note, JSON.stringify({ shape, trail }))
  return trail
}

function written(folder: string, shape: TrailShape) {
  const random = randomOf(shape.seed, 'records')
  const cells = new CellCounts()
  const open = new Map<string, OpenFile>()
  const sum = { files: 0, rawBytes: 0, storedBytes: 0, repeats: 0 }
  const close = (event: Event, file: OpenFile) => {
    const text = `{"Records":[${file.texts.join(',')}]}`
    const stored = gzipSync(text)
    const path = join(folder, pathOf(event, sum.files))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, stored)
    sum.files += 1
    sum.rawBytes += Buffer.byteLength(text)
    sum.storedBytes += stored.length
    for (const { event: repeated } of file.again) cells.add(keyOf(repeated))
    sum.repeats += file.again.length
    file.texts = file.again.map((record) => record.text)
    file.again = []
  }
  let last: Event | undefined
  for (const event of eventsOf(shape)) {
    const file = fileOf(open, event)
    take(event, file, random)
    cells.add(keyOf(event))
    last = event
    const size = shape.sizes[sum.files % shape.sizes.length] ?? 1
    if (file.texts.length >= size) close(event, file)
  }
  for (const file of open.values()) {
    file.again = []
    const { account, region } = file
    if (last !== undefined && file.texts.length > 0) close({ ...last, account, region }, file)
  }
  return { ...sum, digest: cells.digest() }
}

function fileOf(open: Map<string, OpenFile>, { account, region }: Event): OpenFile {
  const key = `${account} ${region}`
  const known = open.get(key)
  if (known !== undefined) return known
  const file = { account, region, texts: [], again: [] }
  open.set(key, file)
  return file
}

function take(event: Event, file: OpenFile, random: Random): void {
  const text = recordText(event, random)
  file.texts.push(text)
  if (chance(random, REPEATED_SHARE)) file.again.push({ event, text })
}

function keyOf({ account, region, api, errorCode, second }: Event): string {
  return `${account} ${region} ${api.source} ${api.name} ${errorCode} ${Math.floor(second / 300)}`
}

function pathOf({ account, region, second }: Event, at: number): string {
  const stamp = new Date((second + DELIVERY_SECONDS) * 1000).toISOString()
  const [day = '', time = ''] = stamp.split('T')
  const [year, month, date] = day.split('-')
  const minute = `${year}${month}${date}T${time.slice(0, 5).replace(':', '')}Z`
  const suffix = String(at).padStart(16, '0')
  const file = `${account}_CloudTrail_${region}_${minute}_${suffix}.json.gz`
  return join('AWSLogs', account, 'CloudTrail', region, `${year}`, `${month}`, `${date}`, file)
}
