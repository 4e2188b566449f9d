import { formatObjectName } from '../../source/object-name.ts'
import { type Act, HOUR_MS, MINUTE_MS } from '../act.ts'
import type { Account } from '../cast.ts'
import { Random } from '../random.ts'
import { recordText } from './records.ts'

/** One trail file as CloudTrail would deliver it, before compression. */
export interface TrailFile {
  /** `AWSLogs/ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/ACCOUNT_CloudTrail_REGION_STAMP_SUFFIX.json.gz` */
  readonly key: string
  readonly account: string
  readonly region: string
  /** When it was delivered: epoch milliseconds, no earlier than any event inside. */
  readonly stampMs: number
  readonly events: number
  /** `{"Records":[…]}` */
  readonly text: string
}

/** Files still open: records wait here until the file that will hold them is delivered. */
export interface Mailbox {
  readonly seed: number
  readonly drawers: Map<string, Drawer>
}

interface Drawer {
  readonly account: string
  readonly region: string
  readonly stampMs: number
  readonly records: string[]
}

// CloudTrail cuts a busy period into several files.
const RECORDS_PER_FILE = 1500
const LATE_SHARE = 0.002
const TWICE_SHARE = 0.002

/** Writes acts as records and puts them where they will be delivered: 1 to 10 minutes later, a few an hour late, a few twice. */
export function post(
  mailbox: Mailbox,
  account: Account,
  acts: readonly Act[],
  random: Random,
): void {
  for (const act of acts) {
    const text = recordText(act, random)
    const late = random.chance(LATE_SHARE) ? HOUR_MS : 0
    const deliveredMs = act.timeMs + late + random.between(1, 10) * MINUTE_MS
    const drawer = drawerFor(mailbox, account, act.region, deliveredMs)
    drawer.records.push(text)
    if (random.chance(TWICE_SHARE)) {
      drawerFor(mailbox, account, act.region, drawer.stampMs + MINUTE_MS).records.push(text)
    }
  }
}

/** Takes out and closes every file delivered up to `untilMs`, in order of delivery. */
export function* collect(mailbox: Mailbox, untilMs: number): Generator<TrailFile> {
  const due = [...mailbox.drawers.entries()]
    .filter(([, { stampMs }]) => stampMs <= untilMs)
    .sort(([one, a], [other, b]) => a.stampMs - b.stampMs || (one < other ? -1 : 1))
  for (const [id, drawer] of due) {
    mailbox.drawers.delete(id)
    yield* filesOf(drawer, new Random(mailbox.seed, `file/${id}`))
  }
}

function drawerFor(
  { drawers }: Mailbox,
  account: Account,
  region: string,
  deliveredMs: number,
): Drawer {
  const fileMinutes = account.regions.find((plan) => plan.region === region)?.fileMinutes ?? 60
  const everyMs = fileMinutes * MINUTE_MS
  const stampMs = Math.ceil(deliveredMs / everyMs) * everyMs
  const id = `${account.id}/${region}/${stampMs}`
  const open = drawers.get(id)
  if (open !== undefined) return open
  const drawer = { account: account.id, region, stampMs, records: [] }
  drawers.set(id, drawer)
  return drawer
}

function* filesOf(
  { account, region, stampMs, records }: Drawer,
  random: Random,
): Generator<TrailFile> {
  random.shuffle(records)
  for (let from = 0; from < records.length; from += RECORDS_PER_FILE) {
    const inside = records.slice(from, from + RECORDS_PER_FILE)
    yield {
      key: formatObjectName(
        { account, region, folder: 'CloudTrail', stampMs },
        { suffix: random.name(16) },
      ),
      account,
      region,
      stampMs,
      events: inside.length,
      text: `{"Records":[${inside.join(',')}]}`,
    }
  }
}
