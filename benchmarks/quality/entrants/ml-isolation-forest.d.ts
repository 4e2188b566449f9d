declare module 'ml-isolation-forest' {
  /** Isolation forest of the mljs family; draws from `Math.random`. */
  export class IsolationForest {
    constructor(options?: { nEstimators?: number })
    train(rows: readonly (readonly number[])[]): void
    predict(rows: readonly (readonly number[])[]): number[]
  }
}
