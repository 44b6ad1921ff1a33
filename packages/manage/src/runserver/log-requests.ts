import { styleText } from 'node:util'
import type { Application, StartResponse } from '@nuages/gateway'

/** Wraps an application so that each request is a line: time, method, path, status, milliseconds. */
export function logRequests(application: Application, out: { write(text: string): unknown }): Application {
  return (environ, startResponse) => {
    const began = performance.now()
    const logged: StartResponse = (status, headers, error) => {
      startResponse(status, headers, error)
      const query = environ.QUERY_STRING === '' ? '' : `?${environ.QUERY_STRING}`
      const path = environ.REQUEST_URI ?? `${environ.SCRIPT_NAME}${environ.PATH_INFO}${query}`
      const code = Number.parseInt(status, 10)
      const time = new Date().toTimeString().slice(0, 8)
      const took = `${Math.round(performance.now() - began)} ms`
      out.write(
        `${styleText('dim', time)} ${environ.REQUEST_METHOD} ${printable(path)} ${styleText(colourOf(code), String(code))} ${styleText('dim', took)}\n`,
      )
    }
    return application(environ, logged)
  }
}

function colourOf(status: number): 'green' | 'cyan' | 'yellow' | 'red' {
  if (status >= 500) return 'red'
  if (status >= 400) return 'yellow'
  return status >= 300 ? 'cyan' : 'green'
}

/** A request's path as the terminal may show it: a client must not be able to move the cursor. */
function printable(text: string): string {
  // Cc is Unicode's category of control characters.
  return text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
