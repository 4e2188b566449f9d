import { expect, it } from 'vitest'
import { hourOfWeekOf, hoursOfDay } from '../../../../models/baseline/hour-slots.ts'

it('begins the week on Monday 00:00 UTC', () => {
  const monday = Date.UTC(2024, 0, 1) / 3_600_000
  expect(hourOfWeekOf(monday)).toBe(0)
  expect(hourOfWeekOf(monday - 1)).toBe(167)
  expect(hourOfWeekOf(monday + 24 + 7)).toBe(31)
})

it('takes a day out of the week', () => {
  const week = Array.from({ length: 168 }, (_, hour) => hour)
  const sunday = Date.UTC(2024, 0, 7) / 86_400_000
  expect(hoursOfDay(week, sunday)).toEqual(week.slice(144))
})
