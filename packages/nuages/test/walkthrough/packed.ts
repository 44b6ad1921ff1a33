import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../../../..')

/** The environment of somebody who has never seen this repository: no Node of the workspace, no variables of pnpm's. */
export function strangersEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|VITEST|VITE|NODE_ENV|NODE_OPTIONS|NODE_PATH|TEST$|CI$|PORT$|HOST$)/i.test(name),
  )
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) }
}

/** Builds and packs every package that is published. Returns the tarballs' paths. */
export async function packAll(folder: string): Promise<string[]> {
  const run = promisify(execFile)
  await run(process.execPath, ['scripts/build.ts'], { cwd: root })
  await run(
    'npx',
    [
      '-y',
      'pnpm@12',
      '--recursive',
      '--filter=./packages/*',
      '--filter=!@nuages/bench',
      'pack',
      '--pack-destination',
      folder,
    ],
    {
      cwd: root,
      env: { ...strangersEnvironment(), PATH: process.env['PATH'] },
    },
  )
  return (await readdir(folder)).filter((file) => file.endsWith('.tgz')).map((file) => join(folder, file))
}
