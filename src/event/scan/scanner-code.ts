import { readFileSync } from 'node:fs'

/** What the compiled scanner offers (assembly/scanner.ts). */
export interface ScannerExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  open(capacity: number, rowsAtMost: number, seed: bigint): void
  inputAt(): number
  scan(length: number, latest: number, recordBytes: number): number
  rowsAt(): number
  textsAt(): number
  textCount(): number
  textBytes(): number
  seriesAt(): number
  seriesCount(): number
  callersAt(): number
  callerCount(): number
}

// Beside the compiled program, and where the build puts it when the sources are run as they are.
const PLACES = ['scanner.wasm', '../../../dist/src/event/scan/scanner.wasm']

// What is used of it; TypeScript knows it only together with a browser's whole library.
declare const WebAssembly:
  | {
      validate(bytes: Uint8Array): boolean
      readonly Module: new (bytes: Uint8Array) => Module
      readonly Instance: new (module: Module, imports: object) => { readonly exports: object }
    }
  | undefined
interface Module {
  readonly brand: 'WebAssembly.Module'
}

let code: Module | null | undefined

/** An instance with a memory of its own, or `null` where the engine has no WebAssembly SIMD. */
export function instantiateScanner(): ScannerExports | null {
  if (code === undefined) code = compiled()
  if (code === null || typeof WebAssembly === 'undefined') return null
  return new WebAssembly.Instance(code, {}).exports as unknown as ScannerExports
}

function compiled(): Module | null {
  // `node --jitless` has none at all.
  if (typeof WebAssembly === 'undefined') return null
  const bytes = codeBytes()
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
}

function codeBytes(): Uint8Array {
  for (const place of PLACES) {
    try {
      return Uint8Array.from(readFileSync(new URL(place, import.meta.url)))
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause
    }
  }
  throw new Error('scanner.wasm is missing: npm run build makes it')
}
