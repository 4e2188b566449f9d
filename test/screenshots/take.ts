import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startBrowser } from '../support/browser.ts'

// Pictures of every pane over the demo's store, in light and dark, into docs/: `npm run screenshots`.
const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const SIZE = { width: 1280, height: 800 }

interface Listed {
  readonly items: readonly {
    readonly id: string
    readonly incident: string
    readonly severity: number
  }[]
}

// What is known of the demo's traffic, so that the tuner has something to hold it against.
spawnSync(process.execPath, [
  ...[at('dist/src/main.js'), 'label', 'import', at('offtrail-demo/trail-7-35/labels.json')],
  ...['--store', at('offtrail-demo/offtrail.db')],
])
const server = spawn(process.execPath, [
  ...[at('dist/src/main.js'), 'serve', '--port', '0'],
  ...['--config', at('test/screenshots/offtrail.yaml')],
  ...['--store', at('offtrail-demo/offtrail.db')],
])
try {
  const [line] = await once(server.stderr, 'data')
  const origin = /http:[^ ]+/.exec(String(line))?.[0]
  if (origin === undefined) throw new Error(`run npm run demo first: ${line}`)
  for (const [name, hash] of Object.entries(await panesOf(origin))) await take(origin, name, hash)
} finally {
  server.kill('SIGTERM')
}

/** The panes by name, with what they show. */
async function panesOf(origin: string): Promise<Readonly<Record<string, string>>> {
  const ask = async <Answer>(path: string): Promise<Answer> =>
    (await (await fetch(`${origin}${path}`)).json()) as Answer
  const bursts = '/v1/insights?eventSource=s3&eventName=GetObject&sort=-severity&limit=1'
  const [worst] = (await ask<Listed>(bursts)).items
  const busy = '/v1/series?eventSource=ssm&eventName=GetParameter&account=111122223333&limit=1'
  const [series] = (await ask<Listed>(busy)).items
  const [from, to] = ['2026-09-22T00:00:00Z', '2026-09-27T00:00:00Z']
  return {
    overview: '/overview',
    insight: `/insight?incident=${worst?.incident}&insight=${worst?.id}`,
    tuner: '/tuner?tuned=alarmBudget.account%3D6',
    series: `/series?series=${series?.id}&from=${from}&to=${to}&at=2026-09-24T10:05:00Z&beside=week`,
  }
}

async function take(origin: string, name: string, hash: string): Promise<void> {
  const browser = await startBrowser()
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: SIZE, colorScheme })
    await page.goto(`${origin}/#${hash}`, { waitUntil: 'networkidle' })
    if (name === 'tuner') await page.getByRole('region', { name: 'Asked and got' }).waitFor()
    await page.screenshot({ path: at(`docs/page-${name}-${colorScheme}.png`) })
    await page.close()
  }
  await browser.close()
}
