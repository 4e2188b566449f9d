import { describe, expect, it } from 'vitest'
import { formatObjectName, parseObjectName } from '../../../../src/source/object-name.ts'

const FILE = '123456789012_CloudTrail_eu-west-1_20230710T1240Z_C1qUFaqvZS64BcIN.json.gz'
const NAME = {
  account: '123456789012',
  region: 'eu-west-1',
  folder: 'CloudTrail',
  stampMs: Date.UTC(2023, 6, 10, 12, 40),
}

describe('parseObjectName', () => {
  it.each([
    ['a bare file', FILE],
    ['a file of the layout', `AWSLogs/123456789012/CloudTrail/eu-west-1/2023/07/10/${FILE}`],
    [
      'any prefix',
      `/home/me/logs/a b/AWSLogs/123456789012/CloudTrail/eu-west-1/2023/07/10/${FILE}`,
    ],
    [
      'an organisation trail',
      `p/AWSLogs/o-ab12/123456789012/CloudTrail/eu-west-1/2023/07/10/${FILE}`,
    ],
    ['a file without its folders', `downloads/${FILE}`],
    ['a Windows path', `C:\\logs\\${FILE}`],
    ['a file that was unpacked', FILE.replace('.gz', '')],
  ])('reads %s', (_, key) => {
    expect(parseObjectName(key)).toEqual(NAME)
  })

  it('believes the file name where its account is not that of the folder', () => {
    const name = parseObjectName(
      'AWSLogs/123837392027/CloudTrail/us-east-1/2023/07/10/218007301253_CloudTrail_us-east-1_20230710T1240Z_C1qUFaqvZS64BcIN.json.gz',
    )
    expect(name?.account).toBe('218007301253')
  })

  it('reads the key of an Insights file', () => {
    const key =
      'o-fxozgwu6rc/AWSLogs/o-fxozgwu6rc/123456789015/CloudTrail-Insight/ca-central-1/2020/09/23/123456789015_CloudTrail-Insight_ca-central-1_20200923T0516Z_KL5e9VCV2SS7IqzB.json.gz'
    const stampMs = Date.UTC(2020, 8, 23, 5, 16)
    const folder = 'CloudTrail-Insight'
    expect(parseObjectName(key)).toEqual({
      account: '123456789015',
      region: 'ca-central-1',
      folder,
      stampMs,
    })
  })

  it.each(['', '_backfill'])(
    'reads the name of a digest%s, whose trail may have underscores',
    (end) => {
      const file = `123456789012_CloudTrail-Digest_us-east-2_my_trail.x_us-east-1_20150816T010759Z${end}.json.gz`
      expect(parseObjectName(file)).toEqual({
        account: '123456789012',
        region: 'us-east-2',
        folder: 'CloudTrail-Digest',
        stampMs: Date.UTC(2015, 7, 16, 1, 7, 59),
      })
    },
  )

  it('takes Regions it has never heard of', () => {
    expect(parseObjectName(FILE.replace('eu-west-1', 'apiso-northsouth-3r'))?.region).toBe(
      'apiso-northsouth-3r',
    )
  })
})

describe('parseObjectName, strictly', () => {
  it.each([
    '20230230T1240Z', // February has no 30th
    '20230710T2400Z',
    '20230710T1260Z',
    '20230710T124060Z',
    '20231310T1240Z',
    '20230010T1240Z',
    '99990710T1240Z',
    '00230710T1240Z',
    '20230710T1240',
    '20230710 1240Z',
  ])('reads no name with the stamp %s', (stamp) => {
    expect(parseObjectName(FILE.replace('20230710T1240Z', stamp))).toBeNull()
  })

  it.each([
    '',
    'records.json.gz',
    `${FILE}/`,
    `x${FILE}`,
    FILE.replace('123456789012', '12345678901'),
    FILE.replace('CloudTrail', 'VPCFlowLogs'),
    FILE.replace('.json', '.parquet'),
    'AWSLogs/123456789012/CloudTrail/eu-west-1/2023/07/10/renamed.json.gz',
  ])('reads no name from "%s"', (key) => {
    expect(parseObjectName(key)).toBeNull()
  })
})

describe('formatObjectName', () => {
  it('writes the key CloudTrail gives a trail file', () => {
    expect(formatObjectName(NAME, { suffix: 'C1qUFaqvZS64BcIN' })).toBe(
      `AWSLogs/123456789012/CloudTrail/eu-west-1/2023/07/10/${FILE}`,
    )
  })

  it('puts the prefix first and the organisation below AWSLogs', () => {
    const place = { prefix: 'my/logs/', organization: 'o-ab12', suffix: 'C1qUFaqvZS64BcIN' }
    const key = formatObjectName({ ...NAME, folder: 'CloudTrail-Insight' }, place)
    expect(key).toBe(
      `my/logs/AWSLogs/o-ab12/123456789012/CloudTrail-Insight/eu-west-1/2023/07/10/${FILE.replace('CloudTrail', 'CloudTrail-Insight')}`,
    )
  })
})
