import { PassThrough } from 'node:stream'
import { parseCgiHead } from '../src/cgi-host/parse-cgi-head.ts'
import { type Application, type CgiOptions, serveCgi, toPlainEnviron } from '../src/index.ts'

/** An application that is run as a CGI program for each request, but without a process of its own. */
export function cgiInProcess(application: Application, options: CgiOptions = {}): Application {
  return async (environ, startResponse) => {
    const plain = Object.entries(toPlainEnviron(environ)).filter((entry) => typeof entry[1] === 'string')
    const environment = Object.fromEntries(plain.filter(([name]) => !name.startsWith('gateway.')))
    const output = new PassThrough()
    environ['gateway.signal'].addEventListener('abort', () => output.destroy())
    const whole = serveCgi(application, {
      environment,
      input: environ['gateway.input'],
      errors: environ['gateway.errors'],
      output,
      ...options,
    }).then((isWhole) => {
      if (isWhole) output.end()
      else output.destroy(new Error('The program broke off.'))
    })
    void whole
    const chunks = output.iterator()
    let held = Buffer.alloc(0)
    for (;;) {
      const { value, done } = await chunks.next()
      if (done) throw new Error('The program ended without a response.')
      held = Buffer.concat([held, value as Buffer])
      const parsed = parseCgiHead(held)
      if (parsed === undefined) continue
      if (parsed.head.kind !== 'document') throw new Error('No program of these tests redirects inside.')
      startResponse(parsed.head.status, parsed.head.headers)
      const length = parsed.head.headers.find(([name]) => name.toLowerCase() === 'content-length')
      if (length?.[1] === '0') return ''
      return (async function* () {
        yield parsed.rest
        yield* chunks as AsyncIterableIterator<Buffer>
      })()
    }
  }
}
