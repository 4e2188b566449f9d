import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { place } from '../support/offtrail.ts'
import { writeDays } from '../support/pipeline-world.ts'

const hasAws = spawnSync('aws', ['--version']).status === 0
const { offtrail, start, path, folder } = place()

const lookup = ['lookup-events', '--event-category', 'insight', '--start-time', '2020-01-01']
const attribute = (value: string) => [
  ...lookup,
  ...['--lookup-attributes', `AttributeKey=EventName,AttributeValue=${value}`],
]

// Where Debian's awscli (or another) is not installed there is nothing to run.
describe.skipIf(!hasAws)('awscli', () => {
  let url = ''
  let key: { readonly accessKeyId: string; readonly secretAccessKey: string }
  const server = { stop: () => {} }

  beforeAll(async () => {
    writeDays(path('trail'), { from: 0, until: 10 }, (day) =>
      day === 8 ? [{ minute: 720, count: 300 }] : [],
    )
    expect(offtrail(['run', 'trail']).code).toBe(0)
    key = JSON.parse(
      offtrail(['access-key', 'create', '--write', '--access-keys', 'keys', '--json']).out,
    )
    const child = start(['serve', '--port', '0', '--access-keys', 'keys'])
    server.stop = () => child.kill('SIGTERM')
    const [line] = await once(child.stderr, 'data')
    url = /http:\S+/.exec(String(line))?.[0] ?? ''
  })
  afterAll(() => server.stop())

  const aws = (args: readonly string[], changes: Readonly<Record<string, string>> = {}) => {
    const env = {
      ...process.env,
      ...{ AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey },
      ...{ AWS_DEFAULT_REGION: 'eu-west-1', AWS_MAX_ATTEMPTS: '1', ...changes },
    }
    const all = ['cloudtrail', ...args, '--endpoint-url', url, '--output', 'json']
    return spawnSync('aws', all, { cwd: folder, env, encoding: 'utf8' })
  }

  it('lists, filters and pages insights', () => {
    const { Events } = JSON.parse(aws(lookup).stdout)
    expect(Events.map(({ EventName }: { EventName: string }) => EventName)).toEqual([
      'RunInstances',
      'RunInstances',
    ])
    const record = JSON.parse(Events[1].CloudTrailEvent)
    expect(record.insightDetails).toMatchObject({
      state: 'Start',
      eventSource: 'ec2.amazonaws.com',
    })
    const paged = JSON.parse(aws([...lookup, '--page-size', '1']).stdout)
    expect(paged.Events).toEqual(Events)
    expect(JSON.parse(aws(attribute('RunInstances')).stdout).Events).toHaveLength(2)
    expect(JSON.parse(aws(attribute('Other')).stdout).Events).toEqual([])
  })

  it('asks what is looked for', () => {
    const { status, stdout } = aws(['get-insight-selectors', '--trail-name', 'mine'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout).InsightSelectors).toHaveLength(2)
  })

  it('switches what is looked for', () => {
    const trail = ['--trail-name', 'mine']
    const put = (selectors: string) =>
      aws(['put-insight-selectors', ...trail, '--insight-selectors', selectors])
    const get = () => aws(['get-insight-selectors', ...trail])
    expect(put('[]').status).toBe(0)
    expect(get().stderr).toContain('(InsightNotEnabledException)')
    expect(put('[{"InsightType":"ApiErrorRateInsight"}]').status).toBe(0)
    expect(JSON.parse(get().stdout).InsightSelectors).toMatchObject([
      { InsightType: 'ApiErrorRateInsight' },
    ])
    expect(put('[{"InsightType":"Other"}]').stderr).toContain('(InvalidInsightSelectorsException)')
  })

  it.each([
    ['InvalidSignatureException', { AWS_SECRET_ACCESS_KEY: 'another-secret-of-some-length' }],
    ['UnrecognizedClientException', { AWS_ACCESS_KEY_ID: 'OTZZZZZZZZZZZZZZZZZZ' }],
  ])('understands %s', (name, changes) => {
    const { status, stderr } = aws(lookup, changes)
    expect(status).not.toBe(0)
    expect(stderr).toContain(`An error occurred (${name}) when calling the LookupEvents operation`)
  })

  it('understands what is wrong with its parameters', () => {
    const { stderr } = aws([...lookup, '--max-results', '51'])
    expect(stderr).toContain('(InvalidMaxResultsException)')
  })
})
