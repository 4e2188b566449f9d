import { describe, expect, it } from 'vitest'
import { settingsFrom } from '../../../../src/base/settings.ts'
import { silenceOf } from '../../../../src/insight/silence.ts'
import { anInsight } from '../../../support/insights.ts'

const startMs = Date.parse('2026-03-04T10:00:00Z')
const HOUR = 3_600_000
const insight = anInsight({
  ...{ account: '111122223333', region: 'eu-west-1', startMs },
  ...{ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
})
const settingsWith = (rest: object, suppressions: readonly object[] = []) => {
  const events = [{ start: '2026-03-04T12:00', end: '2026-03-04T13:00' }]
  const calendar = { name: 'patches', skip: ['result'], reason: 'a test', events, ...rest }
  return settingsFrom({ calendars: [calendar], suppressions })
}

describe('a calendar', () => {
  it.each<[string, number, boolean]>([
    ['before it', 12 * HOUR - 1, false],
    ['as it begins', 12 * HOUR, true],
    ['just inside', 13 * HOUR - 1, true],
    ['as it ends', 13 * HOUR, false],
  ])('asks where the unusual stretch begins: %s', (_, ofDay, isSilenced) => {
    const unusualMs = startMs - 10 * HOUR + ofDay
    expect(silenceOf(settingsWith({}), insight, unusualMs) !== undefined).toBe(isSilenced)
  })

  it.each<[object, boolean]>([
    [{ api: 'ec2:Run*', account: '1111*', region: 'eu-*' }, true],
    [{ api: 's3:*' }, false],
    [{ account: '9*' }, false],
    [{ region: 'us-*' }, false],
    [{ skip: ['learning'] }, false],
    [{ skip: ['learning', 'result'] }, true],
  ])('of %j keeps it back: %s', (rest, isSilenced) => {
    const silence = silenceOf(settingsWith(rest), insight, startMs + 2 * HOUR)
    expect(silence !== undefined).toBe(isSilenced)
  })

  it('asks for the start where nothing else is known, and lets rules come first', () => {
    const events = [{ start: '2026-03-04T10:00', end: '2026-03-04T10:01' }]
    expect(silenceOf(settingsWith({ events }), insight)).toMatchObject({
      calendar: { name: 'patches' },
    })
    const rule = { api: 'ec2:*', reason: 'a rule' }
    expect(silenceOf(settingsWith({ events }, [rule]), insight)).toEqual({ suppression: rule })
  })
})
