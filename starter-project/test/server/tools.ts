import { spawnSync } from 'node:child_process'

/** Whether tests that need the program are left out. On CI they never are: without it they fail. */
export function without(program: string): boolean {
  return process.env.CI !== 'true' && spawnSync(program, ['--version']).error !== undefined
}
