import { describe, expect, it } from 'vitest'
import {
  type LabelledIncident,
  type SimulateOptions,
  type Simulation,
  simulate,
  type TrailFile,
} from '../../../../src/simulate/simulate.ts'
import { parseObjectName } from '../../../../src/source/object-name.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const options: SimulateOptions = { seed: 7, days: 9, startMs: Date.UTC(2026, 8, 7), scale: 0.3 }
const endMs = options.startMs + options.days * DAY_MS

interface SimulatedRecord {
  readonly eventID: string
  readonly eventTime: string
  readonly eventSource: string
  readonly eventName: string
  readonly awsRegion: string
  readonly errorCode?: string
  readonly recipientAccountId: string
  readonly readOnly: boolean
  readonly eventCategory: string
  readonly managementEvent: boolean
  readonly userIdentity: { readonly type: string; readonly arn?: string }
}

const recordsOf = (file: TrailFile): readonly SimulatedRecord[] => JSON.parse(file.text).Records
const timeOf = (record: SimulatedRecord): number => Date.parse(record.eventTime)

const simulation = simulate(options)
const files = [...simulation.files()]
const delivered = files.flatMap((file) => recordsOf(file))
const distinct = [...new Map(delivered.map((record) => [record.eventID, record])).values()]

describe('simulate', () => {
  it('gives the same files for the same seed, and others for another', () => {
    const again = firstFiles(simulate({ ...options, seed: 7 }), 120)
    const other = firstFiles(simulate({ ...options, seed: 8 }), 120)
    expect(again).toEqual(files.slice(0, 120))
    expect(other.map(({ text }) => text)).not.toEqual(again.map(({ text }) => text))
    expect(simulate(options)).toMatchObject({
      incidents: simulation.incidents,
      lookAlikes: simulation.lookAlikes,
    })
  })

  it('gives the same files when reading stops, starts again and interleaves', () => {
    const [one, other] = [simulation.files(), simulation.files()].map((all) =>
      all[Symbol.iterator](),
    )
    for (const file of files.slice(0, 40)) {
      expect([one?.next().value, other?.next().value]).toEqual([file, file])
    }
  })

  it('names files as CloudTrail does, in order of delivery, each once', () => {
    expect(new Set(files.map(({ key }) => key)).size).toBe(files.length)
    for (const { key, account, region, stampMs } of files) {
      expect(key).toMatch(/^AWSLogs\/\d{12}\/CloudTrail\/.*_[A-Za-z0-9]{16}\.json\.gz$/)
      expect(parseObjectName(key)).toEqual({ account, region, folder: 'CloudTrail', stampMs })
    }
    const stamps = files.map(({ stampMs }) => stampMs)
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b))
  })

  it('delivers every record after its event, in the file of its account and Region', () => {
    const misplaced = files.flatMap((file) =>
      recordsOf(file).filter(
        (record) =>
          timeOf(record) >= file.stampMs ||
          timeOf(record) < options.startMs ||
          timeOf(record) >= endMs ||
          record.recipientAccountId !== file.account ||
          record.awsRegion !== file.region,
      ),
    )
    expect(misplaced).toEqual([])
    expect(files.map(({ events }) => events)).toEqual(files.map((file) => recordsOf(file).length))
  })

  it('delivers a few records twice, unchanged, and no other id twice', () => {
    const texts = delivered.map((record) => JSON.stringify(record))
    expect(new Set(texts).size).toBe(distinct.length)
    const twice = delivered.length - distinct.length
    expect(twice).toBeGreaterThan(0)
    expect(twice / delivered.length).toBeLessThan(0.01)
  })

  it('writes records of realistic size with the fields of CloudTrail', () => {
    const meanBytes = files.reduce((sum, { text }) => sum + text.length, 0) / delivered.length
    expect(meanBytes).toBeGreaterThan(1200)
    expect(meanBytes).toBeLessThan(1700)
    const odd = distinct.filter(
      (record) =>
        !/^[a-z0-9-]+\.amazonaws\.com$/.test(record.eventSource) ||
        !/^[A-Z]\w+$/.test(record.eventName) ||
        !['AssumedRole', 'IAMUser', 'AWSService'].includes(record.userIdentity.type) ||
        record.managementEvent !== (record.eventCategory === 'Management'),
    )
    expect(odd).toEqual([])
  })

  it('refuses options out of range with a usage fault', () => {
    expect(() => simulate({ ...options, days: 2 })).toThrow('days must be a whole number from 3')
    expect(() => simulate({ ...options, accounts: 1.5 })).toThrow('accounts must be a whole number')
    expect(() => simulate({ ...options, seed: Number.NaN })).toThrow('seed must be')
  })

  it('adds development accounts when asked for more than three', () => {
    const few = simulate({ ...options, days: 3, accounts: 5, scale: 0.1 })
    expect(new Set(firstFiles(few, 100).map(({ account }) => account)).size).toBe(5)
  })
})

describe('the incidents of simulate', () => {
  it('are many, of many kinds, and in the last two thirds of the span', () => {
    expect(simulation.incidents.length).toBeGreaterThanOrEqual(12)
    expect(new Set(simulation.incidents.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(10)
    for (const incident of simulation.incidents) {
      expect(incident.startMs).toBeGreaterThanOrEqual(options.startMs + (options.days * DAY_MS) / 3)
      expect(incident.endMs).toBeLessThanOrEqual(endMs)
    }
  })

  it.each(simulation.incidents.filter(({ kind }) => kind !== 'drop'))(
    'are in the files: $title',
    (incident) => {
      const found = distinct.filter((record) => belongsTo(record, incident))
      expect(incident.calls).toBeGreaterThan(0)
      expect(found.length).toBeGreaterThanOrEqual(incident.calls)
      expect(found.length).toBeLessThan(incident.calls * 1.1 + 3)
    },
  )

  it('silence a busy API for hours', () => {
    const drops = simulation.incidents.filter(({ kind }) => kind === 'drop')
    expect(drops.length).toBe(1)
    for (const drop of drops) {
      const before = { ...drop, startMs: drop.startMs - DAY_MS, endMs: drop.endMs - DAY_MS }
      const calls = (span: LabelledIncident): number =>
        distinct.filter((record) => belongsTo(record, span)).length
      expect(calls(drop)).toBe(0)
      expect(calls(before)).toBeGreaterThan(40)
    }
  })

  it('leave out what happens in accounts that are not simulated', () => {
    const alone = simulate({ ...options, accounts: 1 })
    expect(new Set(alone.incidents.map(({ account }) => account)).size).toBe(1)
    expect(alone.incidents.length).toBeGreaterThanOrEqual(9)
  })
})

describe('the everyday traffic of simulate', () => {
  const hourly = countHours(distinct)

  it('is busier on weekdays than at weekends', () => {
    const decrypts = distinct.filter(
      ({ eventName, recipientAccountId }) =>
        eventName === 'Decrypt' && recipientAccountId === '111122223333',
    )
    // 7 September 2026 is a Monday: days 5 and 6 are the first weekend.
    const onDay = (day: number): number =>
      decrypts.filter((record) => Math.floor((timeOf(record) - options.startMs) / DAY_MS) === day)
        .length
    const weekend = (onDay(5) + onDay(6)) / 2
    const workday = (onDay(0) + onDay(1) + onDay(2) + onDay(3) + onDay(4)) / 5
    expect(weekend / workday).toBeGreaterThan(0.3)
    expect(weekend / workday).toBeLessThan(0.65)
  })

  it('leaves nearly all hours of most APIs empty', () => {
    const busyShares = [...hourly.values()]
      .map((hours) => hours.size / (options.days * 24))
      .toSorted((a, b) => a - b)
    expect(hourly.size).toBeGreaterThan(400)
    expect(busyShares[Math.floor(busyShares.length / 2)]).toBeLessThan(0.05)
    expect(busyShares.at(-1)).toBe(1)
  })

  it('shows the first calls of many APIs after a week', () => {
    const late = [...hourly.values()].filter((hours) => Math.min(...hours.keys()) >= 7 * 24)
    expect(late.length / hourly.size).toBeGreaterThan(0.03)
  })

  it('runs like clock-work where services call: less variance than chance has', () => {
    const hours = hourly.get(
      '111122223333 eu-west-1 elasticloadbalancing.amazonaws.com DescribeTargetGroups',
    )
    const nights = [...(hours ?? [])].filter(([hour]) => hour % 24 < 4).map(([, count]) => count)
    const mean = nights.reduce((sum, count) => sum + count, 0) / nights.length
    const variance = nights.reduce((sum, count) => sum + (count - mean) ** 2, 0) / nights.length
    expect(nights.length).toBe(options.days * 4)
    expect(variance).toBeLessThan(mean / 2)
  })

  it('fails now and then, as it should', () => {
    const failing = distinct.filter(({ errorCode }) => errorCode !== undefined)
    expect(failing.length / distinct.length).toBeGreaterThan(0.01)
    expect(failing.length / distinct.length).toBeLessThan(0.1)
    expect(new Set(failing.map(({ errorCode }) => errorCode)).size).toBeGreaterThan(10)
  })

  it('holds legitimate change that is labelled as such', () => {
    expect(simulation.lookAlikes.map(({ title }) => title)).toEqual([
      'Terraform applies a large change',
      'a new nightly export starts',
    ])
    for (const { principal, calls, startMs, endMs: until } of simulation.lookAlikes) {
      const made = distinct.filter(
        (record) =>
          principalOf(record) === principal && timeOf(record) >= startMs && timeOf(record) < until,
      )
      expect(made.length).toBeGreaterThanOrEqual(calls)
    }
  })
})

function firstFiles(from: Simulation, count: number): readonly TrailFile[] {
  const taken: TrailFile[] = []
  for (const file of from.files()) {
    if (taken.push(file) === count) break
  }
  return taken
}

function belongsTo(record: SimulatedRecord, incident: LabelledIncident): boolean {
  return (
    record.recipientAccountId === incident.account &&
    timeOf(record) >= incident.startMs &&
    timeOf(record) < incident.endMs &&
    (incident.kind === 'reconnaissance' || record.awsRegion === incident.region) &&
    (incident.eventSource === null || record.eventSource === incident.eventSource) &&
    (incident.eventName === null || record.eventName === incident.eventName) &&
    (incident.errorCode === null || record.errorCode === incident.errorCode) &&
    (incident.principal === null || principalOf(record) === incident.principal)
  )
}

/** The ARN without its session name. */
function principalOf({ userIdentity: { type, arn } }: SimulatedRecord): string | undefined {
  return type === 'AssumedRole' ? arn?.slice(0, arn.lastIndexOf('/')) : arn
}

function countHours(
  records: readonly SimulatedRecord[],
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const hourly = new Map<string, Map<number, number>>()
  for (const record of records) {
    const { recipientAccountId, awsRegion, eventSource, eventName } = record
    const key = `${recipientAccountId} ${awsRegion} ${eventSource} ${eventName}`
    const hours = hourly.get(key) ?? new Map<number, number>()
    const hour = Math.floor((timeOf(record) - options.startMs) / HOUR_MS)
    hours.set(hour, (hours.get(hour) ?? 0) + 1)
    hourly.set(key, hours)
  }
  return hourly
}
