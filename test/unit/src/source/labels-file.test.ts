import { describe, expect, it } from 'vitest'
import { readLabels } from '../../../../src/source/labels-file.ts'
import { temporaryFolder, written } from '../../../support/pipeline-world.ts'

const file = (name: string, text: string): string => written(`${temporaryFolder()}/${name}`, text)

const BURST = {
  ...{ kind: 'burst', title: 'keys were stolen', account: '111122223333', region: null },
  ...{ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', errorCode: null },
  ...{ principal: null, startMs: Date.UTC(2026, 2, 3, 10), endMs: Date.UTC(2026, 2, 3, 11) },
}

describe('readLabels', () => {
  it.each([
    [
      'labels.yaml',
      `labels:
  - kind: burst
    title: keys were stolen # ticket 7
    account: '111122223333'
    eventSource: ec2
    eventName: RunInstances
    startTime: 2026-03-03T10:00:00Z
    endTime: 2026-03-03T12:00:00+01:00
`,
    ],
    [
      'labels.json',
      JSON.stringify({
        labels: [
          {
            ...{ kind: 'burst', title: 'keys were stolen', account: '111122223333', calls: 40 },
            ...{ region: null, eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
            ...{ startTime: '2026-03-03T10:00:00Z', endTime: '2026-03-03T11:00:00Z' },
          },
        ],
      }),
    ],
    [
      'labels.csv',
      'endTime,kind,startTime,title,account,eventSource,eventName\n2026-03-03T11:00:00Z,burst,2026-03-03T10:00:00Z,keys were stolen,111122223333,ec2,RunInstances\n',
    ],
  ])('reads %s', async (name, text) => {
    expect(await readLabels(file(name, text))).toEqual([BURST])
  })

  it('calls a label without a title by its kind', async () => {
    const text = 'kind,startTime,endTime\ndrop,2026-03-03,2026-03-04\n'
    expect(await readLabels(file('l.csv', text))).toMatchObject([{ title: 'drop', account: null }])
  })

  it.each([
    [
      'l.csv',
      'kind,startTime,endTime\nburst,yesterday,2026-03-04\n',
      "label 1: startTime is 'yesterday'",
    ],
    ['l.csv', 'kind,startTime,endTime\nburst,30d,2026-03-04\n', "label 1: startTime is '30d'"],
    ['l.csv', 'kind,startTime,endTime\nburst,2026-03-04,2026-03-03\n', 'endTime must lie after'],
    ['l.csv', 'kind,startTime,endTime\n,2026-03-03,2026-03-04\n', 'label 1: kind is missing'],
    ['l.csv', 'kind,startTime\nburst,2026-03-03\n', 'lacks endTime'],
    ['l.yaml', 'labels: [{ kind: burst }]\n', '/labels/0'],
    ['l.yaml', '- 1\n', 'write labels:'],
    ['l.yaml', 'labels: [\n', 'cannot read the labels'],
  ])('refuses %s of %j', async (name, text, words) => {
    await expect(readLabels(file(name, text))).rejects.toThrow(words)
  })

  it('says where there is no file', async () => {
    await expect(readLabels('/nowhere/labels.yaml')).rejects.toMatchObject({
      code: 'INPUT_NOT_FOUND',
    })
  })
})
