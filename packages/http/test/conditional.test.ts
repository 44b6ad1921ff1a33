import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  conditionalResponse,
  entityTag,
  evaluateConditions,
  formatHttpDate,
  HttpRequest,
  HttpResponse,
  parseEntityTags,
  parseHttpDate,
  StreamingHttpResponse,
  setEntityTag,
} from '../src/index.ts'
import { makeEnviron } from './environ.ts'

const modified = Date.UTC(2026, 0, 2, 3, 4, 5)
const date = formatHttpDate(modified)
const earlier = formatHttpDate(modified - 1000)
const later = formatHttpDate(modified + 1000)
const etag = '"v1"'

function request(headers: Record<string, string>, method = 'GET'): HttpRequest {
  return new HttpRequest(makeEnviron({ REQUEST_METHOD: method, ...headers }))
}

// RFC 9110 §13.2.2, in its order
const cases: [method: string, headers: Record<string, string>, result: string][] = [
  ['GET', {}, 'proceed'],
  ['GET', { HTTP_IF_MATCH: '"v1"' }, 'proceed'],
  ['GET', { HTTP_IF_MATCH: '*' }, 'proceed'],
  ['GET', { HTTP_IF_MATCH: '"v2", "v1"' }, 'proceed'],
  ['PUT', { HTTP_IF_MATCH: '"v2"' }, 'preconditionFailed'],
  ['PUT', { HTTP_IF_MATCH: 'W/"v1"' }, 'preconditionFailed'],
  ['PUT', { HTTP_IF_UNMODIFIED_SINCE: date }, 'proceed'],
  ['PUT', { HTTP_IF_UNMODIFIED_SINCE: earlier }, 'preconditionFailed'],
  ['PUT', { HTTP_IF_UNMODIFIED_SINCE: 'yesterday' }, 'proceed'],
  ['PUT', { HTTP_IF_MATCH: '"v1"', HTTP_IF_UNMODIFIED_SINCE: earlier }, 'proceed'],
  ['GET', { HTTP_IF_NONE_MATCH: '"v1"' }, 'notModified'],
  ['HEAD', { HTTP_IF_NONE_MATCH: 'W/"v1"' }, 'notModified'],
  ['GET', { HTTP_IF_NONE_MATCH: '*' }, 'notModified'],
  ['GET', { HTTP_IF_NONE_MATCH: '"a,b" , "v1"' }, 'notModified'],
  ['GET', { HTTP_IF_NONE_MATCH: '"v2"' }, 'proceed'],
  ['GET', { HTTP_IF_NONE_MATCH: 'v1' }, 'proceed'],
  ['PUT', { HTTP_IF_NONE_MATCH: '*' }, 'preconditionFailed'],
  ['PUT', { HTTP_IF_NONE_MATCH: '"v1"' }, 'preconditionFailed'],
  ['GET', { HTTP_IF_NONE_MATCH: '"v2"', HTTP_IF_MODIFIED_SINCE: later }, 'proceed'],
  ['GET', { HTTP_IF_MODIFIED_SINCE: date }, 'notModified'],
  ['GET', { HTTP_IF_MODIFIED_SINCE: later }, 'notModified'],
  ['GET', { HTTP_IF_MODIFIED_SINCE: earlier }, 'proceed'],
  ['GET', { HTTP_IF_MODIFIED_SINCE: 'nonsense' }, 'proceed'],
  ['POST', { HTTP_IF_MODIFIED_SINCE: date }, 'proceed'],
]

describe('evaluateConditions', () => {
  it.each(cases)('%s %j: %s', (method, headers, result) => {
    expect(evaluateConditions(request(headers, method), { etag, lastModified: modified + 999 })).toBe(result)
  })

  it('goes on where nothing is known of the representation', () => {
    expect(evaluateConditions(request({ HTTP_IF_NONE_MATCH: '"v1"' }), {})).toBe('proceed')
    expect(evaluateConditions(request({ HTTP_IF_MODIFIED_SINCE: date }), {})).toBe('proceed')
    expect(evaluateConditions(request({ HTTP_IF_MATCH: '"v1"' }), {})).toBe('preconditionFailed')
  })
})

describe('conditionalResponse', () => {
  function response(): HttpResponse {
    const made = new HttpResponse('content', {
      headers: { ETag: etag, 'Last-Modified': date, Vary: 'Cookie', 'Cache-Control': 'private', 'X-Other': '1' },
    })
    made.setCookie('a', '1')
    return made
  }

  it('answers 304 with the headers a cache needs, and the cookies', () => {
    const answer = conditionalResponse(request({ HTTP_IF_NONE_MATCH: etag }), response())
    expect(answer.status).toBe(304)
    expect(Object.fromEntries(answer.headers)).toEqual({
      ETag: etag,
      'Last-Modified': date,
      Vary: 'Cookie',
      'Cache-Control': 'private',
    })
    expect(answer.setCookieHeaders()).toEqual(['a=1; Path=/'])
    expect(answer.text()).toBe('')
  })

  it('answers 412 to a failed condition of a read', () => {
    expect(conditionalResponse(request({ HTTP_IF_MATCH: '"v2"' }), response()).status).toBe(412)
  })

  it('leaves alone what it must not judge', () => {
    const made = response()
    expect(conditionalResponse(request({ HTTP_IF_NONE_MATCH: etag }, 'POST'), made)).toBe(made)
    expect(conditionalResponse(request({}), made)).toBe(made)
    made.status = 404
    expect(conditionalResponse(request({ HTTP_IF_NONE_MATCH: etag }), made)).toBe(made)
  })
})

describe('entity tags', () => {
  it('are set once, on what may be stored', () => {
    const response = new HttpResponse('a')
    setEntityTag(response)
    expect(response.headers.get('ETag')).toBe(entityTag('a'))
    response.content = 'b'
    setEntityTag(response)
    expect(response.headers.get('ETag')).toBe(entityTag('a'))
    for (const kept of [
      new HttpResponse('a', { headers: { 'Cache-Control': 'No-Store' } }),
      new StreamingHttpResponse([]),
    ]) {
      setEntityTag(kept)
      expect(kept.headers.has('ETag')).toBe(false)
    }
  })

  it('tell contents apart, whether text or bytes', () => {
    expect(entityTag('a')).toMatch(/^"[!#-~]+"$/)
    expect(entityTag('a')).toBe(entityTag(Buffer.from('a')))
    expect(entityTag('a')).not.toBe(entityTag('b'))
  })

  it('are read out of lists', () => {
    expect(parseEntityTags(' "a" ,W/"b","c,d" nonsense')).toEqual(['"a"', 'W/"b"', '"c,d"'])
    expect(parseEntityTags(' * ')).toBe('*')
    expect(parseEntityTags('')).toEqual([])
  })
})

describe('HTTP dates', () => {
  const moment = Date.UTC(1994, 10, 6, 8, 49, 37)

  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'read %s',
    (text) => {
      expect(parseHttpDate(text)).toBe(moment)
    },
  )

  it.each([
    '',
    'nonsense',
    '1994-11-06',
    'Sun, 31 Feb 1994 08:49:37 GMT',
    'Sun, 06 Xyz 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 CET',
  ])('do not read %j', (text) => {
    expect(parseHttpDate(text)).toBeUndefined()
  })

  it('put a year of two digits at most 50 years ahead', () => {
    const year = (digits: string): number =>
      new Date(parseHttpDate(`Sunday, 06-Nov-${digits} 08:49:37 GMT`)!).getUTCFullYear()
    const now = new Date().getUTCFullYear()
    for (let ahead = -49; ahead <= 50; ahead += 1)
      expect(year(String((now + ahead) % 100).padStart(2, '0'))).toBe(now + ahead)
  })

  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 }), (seconds) => {
        expect(parseHttpDate(formatHttpDate(seconds * 1000))).toBe(seconds * 1000)
      }),
    )
  })
})
