import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { place } from '../support/offtrail.ts'
import { writeDays } from '../support/pipeline-world.ts'

const hasPromtool = spawnSync('promtool', ['--version']).status === 0
const { offtrail, start, path } = place()

// Where Prometheus is not installed there is nothing to run.
it.skipIf(!hasPromtool)('/metrics is what promtool takes for good', async () => {
  writeDays(path('trail'), { from: 0, until: 10 }, (day) =>
    day === 8 ? [{ minute: 720, count: 300 }] : [],
  )
  expect(offtrail(['run', 'trail']).code).toBe(0)
  const args = ['serve', '--port', '0', '--schedule', '0 0 1 1 *', '--input', 'trail']
  const child = start(args)
  onTestFinished(() => {
    child.kill('SIGTERM')
  })
  const [line] = await once(child.stderr, 'data')
  const url = /http:[^ ]+/.exec(String(line))?.[0] ?? ''
  await (await fetch(`${url}/v1/insights`)).text()
  const page = await (await fetch(`${url}/metrics`)).text()
  for (const name of [
    'offtrail_insights{type="ApiCallRateInsight",direction="up"',
    'offtrail_watermark_seconds{',
    'offtrail_rejected_records_total',
    'offtrail_last_run_duration_seconds ',
    'offtrail_scheduled_runs_total{outcome="ok"} 0',
    'offtrail_http_request_duration_seconds_bucket{le="0.1",method="GET",route="/v1/insights"',
  ]) {
    expect(page).toContain(name)
  }
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  })
  expect([status, stdout, stderr]).toEqual([0, '', ''])
})
