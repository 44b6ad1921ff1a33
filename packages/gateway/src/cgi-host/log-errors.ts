import type { Readable } from 'node:stream'
import type { Environ } from '../contract.ts'

/** In characters: what is longer is cut. */
const longestLine = 2000
/** One request must not fill the disk. */
const mostLines = 1000

/** Writes what a program says on its standard error into the log, a line each. What could steer a terminal is spelled out. */
export function logErrors(stream: Readable, name: string, errors: Environ['gateway.errors']): void {
  let [rest, lines] = ['', 0]
  const write = (line: string): void => {
    if (line === '' || ++lines > mostLines) return
    const more = lines === mostLines ? ' (what follows is not logged)' : ''
    errors.write(`${name}: ${printable(line.slice(0, longestLine))}${more}\n`)
  }
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop()!.slice(0, longestLine)
    for (const part of parts) write(part.replace(/\r$/, ''))
  })
  stream.on('end', () => write(rest))
  stream.on('error', () => {})
}

function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is spelled out
  return text.replaceAll(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
