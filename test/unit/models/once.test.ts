import { expect, it, vi } from 'vitest'
import { once } from '../../../models/once.ts'

it('makes a value when it is first asked for, and never again', () => {
  const make = vi.fn(() => undefined)
  const asked = once(make)
  expect(make).not.toHaveBeenCalled()
  expect([asked(), asked()]).toEqual([undefined, undefined])
  expect(make).toHaveBeenCalledOnce()
})
