import { BadHeaderError, ResponseError } from './errors.ts'

/** An `import` would load all that `node:http` exports, an HTTP client among it: a tenth of the time in which a project starts. */
const { STATUS_CODES } = process.getBuiltinModule('node:http')

const lines = new Map<number, string>()
const reasonPattern = /^[\t\x20-\x7e\x80-\xff]*$/

/** The usual reason of a status: `404` → `'Not Found'`. */
export function reasonPhrase(status: number): string {
  return STATUS_CODES[status] ?? 'Unknown'
}

/** Code and reason, as the gateway takes them: `'200 OK'`. Throws where the code is not one of three digits from 100 to 599. */
export function statusLine(status: number, reason: string | undefined): string {
  const usual = lines.get(status)
  if (usual !== undefined && reason === undefined) return usual
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    throw new ResponseError(`Not an HTTP status: ${status}. It takes a whole number from 100 to 599.`)
  }
  if (reason === undefined) {
    const line = `${status} ${reasonPhrase(status)}`
    lines.set(status, line)
    return line
  }
  if (!reasonPattern.test(reason)) {
    throw new BadHeaderError(`A reason phrase cannot hold ${JSON.stringify(reason.slice(0, 100))}.`)
  }
  return `${status} ${reason}`
}
