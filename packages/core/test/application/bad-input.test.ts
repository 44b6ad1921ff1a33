/** What no client should send is a 400 with a reason in the log, through the whole default middleware, and never a 500. */
import { connect } from 'node:net'
import { serve } from '@nuages/gateway'
import { type HttpRequest, JsonResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApplication, csrfExempt, resetSetup } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

const urlpatterns = [
  path(
    'read/',
    csrfExempt(async (request: HttpRequest) => {
      const { contentType } = request
      const body = contentType === 'application/json' ? await request.json() : [...(await request.form()).fields]
      return new JsonResponse({ query: [...request.query], host: request.host, cookies: request.cookies.size, body })
    }),
  ),
]

let port: number
let close: () => Promise<void>
beforeAll(async () => {
  await resetSetup()
  const application = await createApplication(projectSettings({ urlconf: async () => ({ urlpatterns }) }))
  const server = await serve(application, { port: 0 }, { errors: { write() {} } })
  port = Number(new URL(server.url).port)
  close = () => server.close({ timeoutMs: 1000 })
})
afterAll(async () => {
  await close()
  await resetSetup()
})

/** The status of the answer to bytes as they are typed. */
async function status(request: string): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.end(Buffer.from(request, 'latin1'))
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
}

const get = (target: string, headers = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n${headers}\r\n`

const post = (type: string, body: string): string =>
  `POST /read/ HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`

const form = 'application/x-www-form-urlencoded'
const multipart = 'multipart/form-data; boundary=x'
const part = (name: string, content: string): string =>
  `--x\r\nContent-Disposition: form-data; ${name}\r\n\r\n${content}\r\n--x--\r\n`

test.each<[string, string]>([
  ['a broken escape in the path', get('/read/%zz')],
  ['a path that is not UTF-8', get('/read/%ff')],
  ['a NUL in the path', get('/read/%00')],
  ['half a surrogate pair in the path', get('/read/%ed%a0%80')],
  ['a broken escape in the query', get('/read/?a=%zz')],
  ['a query that is not UTF-8', get('/read/?a=%ff')],
  ['half a surrogate pair in the query', get('/read/?a=%ed%a0%80')],
  ['a NUL in the query', get('/read/?a=%00')],
  ['too many fields', get(`/read/?${'a&'.repeat(1001)}`)],
  ['another host', get('/read/').replace('example.com', 'evil.example')],
  ['a host with a path', get('/read/').replace('example.com', 'example.com/a')],
  ['a host with a NUL', get('/read/').replace('example.com', 'example\0com')],
  ['two lengths', post(form, 'a=b').replace('Content-Length', 'Content-Length: 3\r\nContent-Length')],
  ['a broken escape in a form', post(form, 'a=%')],
  ['a form that is not UTF-8', post(form, 'a=\xff')],
  ['a NUL in a form', post(form, 'a=%00')],
  ['a multipart form without a boundary', post('multipart/form-data', 'x')],
  ['a multipart form that is none', post(multipart, 'x')],
  ['a multipart form without its end', post(multipart, part('name="a"', 'b').slice(0, -6))],
  ['a NUL in a multipart form', post(multipart, part('name="a"', '\0'))],
  ['a multipart form that is not UTF-8', post(multipart, part('name="a"', '\xff'))],
  ['half a surrogate pair in a multipart form', post(multipart, part('name="a"', '\xed\xa0\x80'))],
  ['a name that is not UTF-8', post(multipart, part('name="\xff"', 'b'))],
  ['something else than JSON', post('application/json', '{')],
  ['JSON that is not UTF-8', post('application/json', '"\xff"')],
  ['JSON in a charset nobody knows', post('application/json; charset=klingon', '{}')],
  ['a NUL in JSON', post('application/json', '"\\u0000"')],
  ['half a surrogate pair in JSON', post('application/json', '{"\\ud800": 1}')],
  ['JSON that is nested very deep', post('application/json', '['.repeat(100_000))],
])('%s is a 400', async (_, request) => {
  expect(await status(request)).toBe(400)
})

test.each<[string, string]>([
  ['cookies of every kind', get('/read/', 'Cookie: ;;=; \xff=\xfe; a="; %00=%00; __proto__=1; "a;b=%\r\n')],
  ['an Accept that is none', get('/read/', 'Accept: ;,/;q=x,"\r\n')],
  ['a Content-Type that is none', post(';;/"', 'x')],
  [
    'languages, encodings and dates that are none',
    get('/read/', 'Accept-Language: \xff;;q\r\nAccept-Encoding: ,;q=\r\nIf-Modified-Since: x\r\n'),
  ],
  ['ranges that are none', get('/read/', 'Range: bytes=-\r\nIf-Range: x\r\nIf-None-Match: "\r\n')],
  [
    'forwarding headers from nobody',
    get('/read/', 'Forwarded: for="\r\nX-Forwarded-For: ,,\r\nX-Forwarded-Host: \xff\r\n'),
  ],
  ['an odd Origin and Referer', get('/read/', 'Origin: x\r\nReferer: \xff\r\nSec-Fetch-Site: x\r\n')],
])('%s: borne', async (_, request) => {
  expect(await status(request)).toBe(200)
})
