import type { AttackKind } from '../account-work.ts'
import { type Api, deniedCode, PAGES } from '../catalogue.ts'
import { type Attack, attackerIn, labelOf, rareApis, type Scene, unseenApis } from './scene.ts'

/** This many calls of one API in one window. */
export function spike(kind: AttackKind, calls: number, on: 'new' | 'rare'): Attack {
  return (scene, window) => {
    const apis = on === 'new' ? unseenApis(scene) : rareApis(scene, window)
    if (apis.length === 0) return undefined
    const api = scene.random.pick(apis)
    const attacker = attackerIn(scene)
    const { home: region } = scene
    scene.record({ api, region, window, principal: attacker, count: calls, errorCode: null })
    return labelOf(scene, { kind, apis: [api], attacker, startWindow: window, windows: 1 })
  }
}

/** Calls of one rare API, spread over windows by chance: low and slow. */
export function drizzle(
  kind: AttackKind,
  { calls, windows }: { readonly calls: number; readonly windows: number },
): Attack {
  return (scene, startWindow) => {
    const apis = rareApis(scene, startWindow)
    if (apis.length === 0) return undefined
    const api = scene.random.pick(apis)
    const attacker = attackerIn(scene)
    for (let made = 0; made < calls; made++) {
      const window = startWindow + scene.random.below(windows)
      const rest = { region: scene.home, principal: attacker, count: 1, errorCode: null }
      scene.record({ ...rest, api, window })
    }
    return labelOf(scene, { kind, apis: [api], attacker, startWindow, windows })
  }
}

interface Extent {
  readonly apis: number
  readonly windows: number
  readonly callsOf: (scene: Scene) => number
}

/** A few calls on each of many APIs: looking around. */
export function sweep(kind: AttackKind, extent: Extent): Attack {
  return sweepWith(kind, extent, () => null)
}

/** The same without permission. */
export function deniedSweep(kind: AttackKind, extent: Extent): Attack {
  return sweepWith(kind, extent, deniedCode)
}

function sweepWith(
  kind: AttackKind,
  { apis: apiCount, windows, callsOf }: Extent,
  codeOf: (api: Api) => string | null,
): Attack {
  return (scene, startWindow) => {
    const reads = PAGES.flat().filter(({ isWrite }) => !isWrite)
    const apis = scene.random.some(reads, apiCount)
    const attacker = attackerIn(scene)
    for (const api of apis) {
      const window = startWindow + scene.random.below(windows)
      const rest = { region: scene.home, principal: attacker, errorCode: codeOf(api) }
      scene.record({ ...rest, api, window, count: callsOf(scene) })
    }
    return labelOf(scene, { kind, apis, attacker, startWindow, windows })
  }
}
