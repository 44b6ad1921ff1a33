import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { casesApplication } from './cases-application.ts'
import { startServer } from './start-server.ts'

const run = promisify(execFile)

async function python(script: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await run('python3', ['-c', script, ...args])
  return JSON.parse(stdout)
}

test("Python's urllib.request reads and posts", async () => {
  const { server } = await startServer(casesApplication)
  const script = `
import json, sys, urllib.request, urllib.error
url = sys.argv[1]
results = [urllib.request.urlopen(url + path).read().decode() for path in ['/hello', '/stream', '/list']]
results.append(len(urllib.request.urlopen(url + '/large').read()))
results.append(urllib.request.urlopen(url + '/echo', data='h\\u00e9'.encode()).read().decode())
results.append(urllib.request.urlopen(url + '/cookies').geturl().removeprefix(url))
try:
    urllib.request.urlopen(url + '/fails')
except urllib.error.HTTPError as error:
    results.append(error.code)
print(json.dumps(results))`
  expect(await python(script, server.url)).toEqual([
    'Hello, World!',
    'one two three',
    'naïve',
    200 * 32 * 1024,
    'hé',
    '/hello',
    500,
  ])
})

test("Python's http.client keeps its connection, over HEAD, 204, 304, chunks sent and received", async () => {
  const { server } = await startServer(casesApplication)
  const script = `
import http.client, json, sys
connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]))
results = []
for method, path, body in [('HEAD', '/hello', None), ('GET', '/no-content', None), ('GET', '/not-modified', None),
                           ('POST', '/echo', iter([b'a', b'bc'])), ('GET', '/stream', None), ('DELETE', '/hello', None)]:
    connection.request(method, path, body=body, encode_chunked=body is not None,
                       headers={'Transfer-Encoding': 'chunked'} if body else {})
    socket = connection.sock
    response = connection.getresponse()
    results.append([response.status, response.read().decode(), connection.sock is socket])
print(json.dumps(results))`
  const { port } = server.address as { port: number }
  expect(await python(script, String(port))).toEqual([
    [200, '', true],
    [204, '', true],
    [304, '', true],
    [200, 'abc', true],
    [200, 'one two three', true],
    [200, 'Hello, World!', true],
  ])
})
