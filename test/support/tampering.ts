import { gunzipSync, gzipSync } from 'node:zlib'
import type { Trail } from './digest-chain.ts'

export const keyAt = (keys: readonly string[], at: number): string => {
  const key = keys.at(at)
  if (key === undefined) throw new Error(`no key ${at}`)
  return key
}
/** Changes a stored file; answers the trail. */
export const withFile = (trail: Trail, key: string, change: (body: Buffer) => Buffer): Trail => {
  const held = trail.held(key)
  held.body = change(held.body)
  return trail
}
export const edited = (body: Buffer, from: string, to: string): Buffer =>
  gzipSync(gunzipSync(body).toString().replace(from, to))
export const without = (trail: Trail, key: string): Trail => {
  trail.objects.delete(key)
  return trail
}
export const withMetadata = (trail: Trail, at: number, changes: Record<string, string>): Trail => {
  Object.assign(trail.held(keyAt(trail.digestKeys, at)).metadata, changes)
  return trail
}
export const digestOf = (trail: Trail, at: number): string => keyAt(trail.digestKeys, at)
export const logOf = (trail: Trail, at: number): string => keyAt(trail.logKeys, at)
