import fc from 'fast-check'

/** Texts that break careless readers, as they stand. */
export const wildText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '\0', '..', '../../etc/passwd', '%', '%00', '%zz', "' OR 1=1 --", '__proto__'],
    ...['constructor', 'toString', 'null', 'undefined', 'NaN', '[object Object]', '{}', '[]', '*'],
    ...['a'.repeat(101), 'a'.repeat(513), 'a'.repeat(5_000), '\u202e\u0007\u001b[31m', '𝒳'],
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
)

/** Percent-encoding that is wrong, double, or of bytes that are no UTF-8. */
export const wildCodes: fc.Arbitrary<string> = fc.constantFrom(
  ...['%', '%2', '%zz', '%00', '%2f', '%2F', '%5c', '%252f', '%ff', '%c3%28', '%ed%a0%80'],
  ...['%f4%90%80%80', '%e2%80%ae', '%0d%0a', '%3f', '%23', '+', '&', '=', ';', '%u0041'],
)

export const wildTime: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      'now',
      'today',
      'yesterday',
      '0m',
      '99999w',
      '99999d',
      '100000w',
      '-1d',
      '1y',
      '0000-01-01',
    ],
    ...['0001-01-01', '9999-12-31', '9999-12-31T23:59:59.999Z', '-271821-04-20T00:00:00Z'],
    ...['+275760-09-13T00:00:00Z', '+275760-09-13T00:00:01Z', '2026-02-30', '2026-W39-1T00:00Z'],
    ...['2026-265T00:00Z', 'T10:00Z', '2026-09-20T24:00:00Z', '2026-09-20T23:59:60Z', '1970-01-01'],
    ...['2026-09-20T10:00:00+14:00', '2026-09-20T10:00:00-99:99', '2026-09-20T10:00:00 02:00'],
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc
    .date({ min: new Date('2026-09-01'), max: new Date('2026-09-25'), noInvalidDate: true })
    .map((date) => date.toISOString()),
)

export const wildNumber: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['-1', '0', '-0', '1', '2', '23', '24', '60', '300', '3600', '500', '501', '1e3', '0x10'],
    ...[
      '1e999',
      '-1e999',
      'NaN',
      'Infinity',
      '9007199254740993',
      '1.5',
      ' 1',
      '1 ',
      '١',
      '',
      '1_0',
    ],
    '5e-324',
  ),
  fc.double().map(String),
  fc.bigInt().map(String),
)

/** A text with one character changed, left out, doubled or put in. */
export function mutated(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.nat(Math.max(0, text.length - 1)),
      fc.constantFrom('A', '.', '-', '%', '~'),
      fc.nat(4),
    )
    .map(([at, put, how]) => {
      const [before, one, after] = [text.slice(0, at), text.slice(at, at + 1), text.slice(at + 1)]
      const ways = [`${before}${put}${after}`, before + after, text.slice(0, at)]
      return [...ways, `${before}${one}${one}${after}`, `${text}${text}`][how] ?? text
    })
}

/** A value as it should be, and now and then one that should not. */
export function mostly(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const wild = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    wildText,
    fc.double().filter(Number.isFinite),
  )
  return fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: wild })
}
