/**
 * Objects of SQLite's binding that must never be collected. From Node.js 24.19 on a binding that was compiled there aborts
 * the process when its objects are collected outside of JavaScript (`RemoveEnvironmentCleanupHook … (env) != nullptr`), so
 * connections and statements live as long as the process: a few dozen each, made once. Iterators would be made without end;
 * rows are asked for with `get` and `all` instead.
 */
const kept = new Set<object>()

/** Keeps an object of the binding for the life of the process. */
export function keep<Native extends object>(native: Native): Native {
  kept.add(native)
  return native
}
