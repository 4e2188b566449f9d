import { describe, expect, it } from 'vitest'
import { canonicalRequest } from '../../../../../../src/http/aws/sigv4/signature.ts'

/** The lines of the canonical request. */
const linesOf = (url: string, rawHeaders: readonly string[] = [], names: readonly string[] = []) =>
  canonicalRequest({ method: 'POST', url, rawHeaders, body: Buffer.alloc(0) }, names).split('\n')

describe('canonicalRequest', () => {
  // Paths and queries of the test suite of Signature Version 4.
  it.each([
    ['/', '/', ''],
    ['', '/', ''],
    ['/example/..', '/', ''],
    ['/example1/example2/../..', '/', ''],
    ['/./', '/', ''],
    ['/./example', '/example', ''],
    ['//', '/', ''],
    ['//example//', '/example/', ''],
    ['/ሴ', '/%E1%88%B4', ''],
    ['/example%20space/', '/example%2520space/', ''],
    ['/base/', '/base/', ''],
    ['/?Param2=value2&Param1=value1', '/', 'Param1=value1&Param2=value2'],
    ['/?Param1=value2&Param1=Value1', '/', 'Param1=Value1&Param1=value2'],
    ['/?Param-3=Value3&Param=Value2', '/', 'Param=Value2&Param-3=Value3'],
    ['/?a b=c%20d*', '/', 'a%20b=c%20d%2A'],
    ['/?bare', '/', 'bare='],
    ['/?broken=%E1%8', '/', 'broken=%25E1%258'],
  ])('writes %s as path and query', (url, path, query) => {
    expect(linesOf(url).slice(1, 3)).toEqual([path, query])
  })

  it('joins headers that came twice, and tidies their blanks', () => {
    const headers = ['My-Header1', ' a   b ', 'my-header1', 'c', 'Host', 'h']
    expect(linesOf('/', headers, ['host', 'my-header1']).slice(3)).toEqual([
      'host:h',
      'my-header1:a b,c',
      '',
      'host;my-header1',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ])
  })
})
