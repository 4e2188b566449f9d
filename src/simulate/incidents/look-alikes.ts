import { type Act, actOf, DAY_MS, HOUR_MS, MINUTE_MS } from '../act.ts'
import { type Account, AGENTS, type Principal } from '../cast.ts'
import { Random } from '../random.ts'
import { openSession } from '../session.ts'
import { deploy } from '../workloads/deployments.ts'
import type { LookAlike } from './label.ts'
import { momentOf, type Setting } from './plot.ts'

/** Legitimate change in the production account: a large apply, and a nightly job that is new. */
export function stageLookAlikes(
  setting: Setting,
): readonly { readonly label: LookAlike; readonly acts: readonly Act[] }[] {
  const account = setting.accounts.find(({ kind }) => kind === 'production')
  if (account === undefined) return []
  const random = new Random(setting.seed, 'look-alikes')
  return [
    labelled(account, 'Terraform applies a large change', applyAtLarge(setting, account, random)),
    labelled(account, 'a new nightly export starts', exportNightly(setting, account, random)),
  ]
}

function applyAtLarge(setting: Setting, account: Account, random: Random): readonly Act[] {
  const startMs = momentOf(setting, { place: 0.64, hour: 13.5, onWorkday: true })
  return deploy(random, account, startMs, { moduleCount: 9, resourceCount: 6, writes: true })
}

function exportNightly(setting: Setting, account: Account, random: Random): readonly Act[] {
  const principal: Principal = { kind: 'role', name: 'data-export', userAgent: AGENTS.boto }
  const acts: Act[] = []
  const endMs = setting.startMs + setting.dayCount * DAY_MS
  let nightMs = momentOf(setting, { place: 0.3, hour: 0 }) + 3.25 * HOUR_MS
  for (; nightMs < endMs; nightMs += DAY_MS) {
    let atMs = nightMs + random.between(0, 2 * MINUTE_MS)
    const session = openSession(random, account, principal, { atMs })
    for (const api of ['rds DescribeExportTasks', 'rds StartExportTask', 's3 PutObject']) {
      for (let made = 0; made < 14; made += 1) {
        acts.push(actOf(random, session, api, atMs, { target: 'shop-prod-exports' }))
        atMs += random.between(1000, 20_000)
      }
    }
  }
  return acts
}

function labelled(
  { id }: Account,
  title: string,
  acts: readonly Act[],
): { label: LookAlike; acts: readonly Act[] } {
  const times = acts.map(({ timeMs }) => timeMs)
  const label = {
    account: id,
    calls: acts.length,
    title,
    startMs: Math.min(...times),
    endMs: Math.max(...times) + 1000,
    principal: acts[0]?.session.principal ?? '',
  }
  return { label, acts }
}
