declare module 'cephes' {
  const cephes: {
    /** Resolves when the WebAssembly module is ready. */
    readonly compiled: Promise<void>
    incbet(a: number, b: number, x: number): number
    igamc(a: number, x: number): number
  }
  export default cephes
}
