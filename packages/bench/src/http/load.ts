import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Requests a second that wrk gets from `url`. Throws when any answer was no success: a fast error is no result. */
export async function requestsPerSecond(url: string, seconds: number): Promise<number> {
  const { stdout } = await run('wrk', ['-t1', '-c64', '--timeout', '10s', `-d${seconds}s`, url])
  const problems = /Non-2xx or 3xx responses: \d+|Socket errors:.*/.exec(stdout)
  if (problems) throw new Error(`${url}: ${problems[0]}`)
  const match = /Requests\/sec:\s+([\d.]+)/.exec(stdout)
  if (!match) throw new Error(`wrk printed no rate for ${url}:\n${stdout}`)
  return Number(match[1])
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
