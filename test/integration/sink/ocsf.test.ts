import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FolderSettings } from '../../../src/base/sinks.ts'
import { temporaryFolder } from '../../support/pipeline-world.ts'
import { LOCAL, receiver } from '../../support/receiver.ts'
import { toldTo } from '../../support/sink-world.ts'

const MINING = { day: 10, minute: 1425, count: 300 }
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))

describe('a folder among the sinks', () => {
  it('gets a finding when an insight begins and one when it is over', async () => {
    const path = temporaryFolder()
    const folder: FolderSettings = { name: 'lake', type: 'folder', path, format: 'ocsf' }
    await toldTo([folder], async ({ run }) => {
      await run(11, [MINING])
      await run(13)
      const names = filesIn(path).sort()
      expect(names).toEqual([
        expect.stringMatching(/^\d{12}\/2026\/03\/12\/[0-9a-f-]{36}-close\.json$/),
        expect.stringMatching(/^\d{12}\/2026\/03\/12\/[0-9a-f-]{36}-create\.json$/),
      ])
      const finding = JSON.parse(readFileSync(join(path, names[0] ?? ''), 'utf8'))
      expect(finding).toMatchObject({ class_uid: 2004, activity_id: 3 })
    })
  })

  it('gets Insights records unless it asks for findings, and only what its filter lets through', async () => {
    const [all, none] = [temporaryFolder(), temporaryFolder()]
    const settings: readonly FolderSettings[] = [
      { name: 'all', type: 'folder', path: all },
      { name: 'none', type: 'folder', path: none, filter: { api: ['s3:*'] } },
    ]
    await toldTo(settings, async ({ run }) => {
      expect(await run(13, [MINING])).toMatchObject([
        { sink: 'all', what: 'insight', delivered: 1 },
        { sink: 'none', what: 'insight', delivered: 0 },
      ])
      expect(filesIn(all)).toEqual([expect.stringContaining('CloudTrail-Insight')])
      expect(filesIn(none)).toEqual([])
    })
  })

  it('that cannot be written to holds up nothing, and is written to later', async () => {
    const parent = temporaryFolder()
    const path = join(parent, 'out')
    writeFileSync(path, 'in the way')
    const settings: FolderSettings = { name: 'lake', type: 'folder', path, format: 'ocsf' }
    await toldTo([settings], async ({ run }) => {
      const [report] = await run(11, [MINING])
      expect(report).toMatchObject({ delivered: 0, waiting: 1 })
      expect(report?.trouble).toContain('cannot write')
      rmSync(path)
      mkdirSync(path)
      expect(await run(13)).toMatchObject([{ delivered: 1, waiting: 0, trouble: null }])
    })
  })
})

describe('a webhook that asks for findings', () => {
  it('is sent one for each insight of an incident, in one message', async () => {
    const { url, received } = await receiver()
    const settings = { name: 'hook', type: 'webhook', url, format: 'ocsf', ...LOCAL } as const
    await toldTo([settings], async ({ run }) => {
      const stopping = { ...MINING, minute: 1430, changes: { eventName: 'StopInstances' } }
      await run(13, [MINING, stopping])
      expect(received).toHaveLength(1)
      expect(JSON.parse(received[0]?.body ?? '')).toMatchObject([
        { class_uid: 2004 },
        { class_uid: 2004 },
      ])
    })
  })
})
