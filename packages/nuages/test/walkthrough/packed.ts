import { execFile } from 'node:child_process'
import { glob, readdir, readFile } from 'node:fs/promises'
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
      ...(await publishedNames()).map((name) => `--filter=${name}`),
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

async function publishedNames(): Promise<string[]> {
  const names: string[] = []
  for await (const manifest of glob('packages/*/package.json', { cwd: root })) {
    const { name, private: isPrivate } = JSON.parse(await readFile(join(root, manifest), 'utf8'))
    if (!isPrivate) names.push(name)
  }
  return names
}
