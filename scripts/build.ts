/**
 * Builds what is published: one tsc run over every package, then each package's `dist/` takes its share of the output and
 * the files beside its sources that are no TypeScript (templates, styles, scaffolds).
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const output = join(root, '.build')

rmSync(output, { recursive: true, force: true })
execFileSync(join(root, 'node_modules/.bin/tsc'), ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })

for (const manifest of globSync('packages/*/package.json', { cwd: root })) {
  const folder = dirname(manifest)
  const { private: isPrivate } = JSON.parse(readFileSync(join(root, manifest), 'utf8'))
  if (isPrivate) continue
  const dist = join(root, folder, 'dist')
  rmSync(dist, { recursive: true, force: true })
  const emitted = join(output, folder.replace('packages/', ''), 'src')
  if (!existsSync(emitted)) throw new Error(`tsc emitted nothing for ${folder}: is it included in tsconfig.build.json?`)
  cpSync(emitted, dist, { recursive: true })
  for (const asset of globSync('src/**/*', { cwd: join(root, folder), withFileTypes: true })) {
    if (!asset.isFile() || asset.name.endsWith('.ts')) continue
    const from = join(asset.parentPath, asset.name)
    const to = join(dist, from.slice(join(root, folder, 'src').length + 1))
    mkdirSync(dirname(to), { recursive: true })
    cpSync(from, to)
  }
}
rmSync(output, { recursive: true, force: true })
