/** Builds what is published, each package's `dist/`: declarations, by one tsc run over every package, and what runs. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { bundlePackage } from './bundle-package.ts'

const root = resolve(import.meta.dirname, '..')
const output = join(root, '.build')

rmSync(output, { recursive: true, force: true })
execFileSync(join(root, 'node_modules/.bin/tsc'), ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })

for (const manifest of globSync('packages/*/package.json', { cwd: root })) {
  const folder = join(root, dirname(manifest))
  const { private: isPrivate } = JSON.parse(readFileSync(join(root, manifest), 'utf8'))
  if (isPrivate) continue
  const dist = join(folder, 'dist')
  rmSync(dist, { recursive: true, force: true })
  const declarations = join(output, relative(join(root, 'packages'), folder), 'src')
  if (!existsSync(declarations)) {
    throw new Error(`tsc emitted nothing for ${folder}: is it included in tsconfig.build.json?`)
  }
  cpSync(declarations, dist, { recursive: true })
  await bundlePackage(folder)
}
rmSync(output, { recursive: true, force: true })
