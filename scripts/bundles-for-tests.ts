import { globSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundlePackage } from './bundle-package.ts'

const root = resolve(import.meta.dirname, '..')
/** In each package, beside `dist/`; the run's own, since a second one may go on beside it. */
const folderOf = (pid: number | string) => `.test-bundle-${pid}`
const listOfBundles = join(root, 'node_modules/.cache', `nuages-bundles-${process.pid}.json`)

/**
 * For tests that start processes (`manage`, a server): these load bundles, as an installed project does, in a fifth of the time that the
 * sources take. The bundles are made of the sources as the run begins, by the set-up below.
 */
export const bundledProcesses = {
  globalSetup: import.meta.filename,
  env: {
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'load-bundles.mjs')).href}`,
    NUAGES_TEST_BUNDLES: listOfBundles,
  },
}

interface Manifest {
  readonly private?: boolean
  readonly exports: Readonly<Record<string, string>>
}

/** Global set-up of vitest: bundles every package for the processes of the run. */
export default async function setUp(): Promise<() => Promise<void>> {
  removeLeftovers()
  const bundles: Record<string, string> = {}
  for (const file of globSync('packages/*/package.json', { cwd: root })) {
    const manifest: Manifest = JSON.parse(readFileSync(join(root, file), 'utf8'))
    if (manifest.private) continue
    const folder = join(root, dirname(file))
    const output = folderOf(process.pid)
    await bundlePackage(folder, output)
    for (const source of Object.values(manifest.exports)) {
      const bundle = source.replace(/^\.\/src\/(.*)\.ts$/, `./${output}/$1.js`)
      bundles[pathToFileURL(join(folder, source)).href] = pathToFileURL(join(folder, bundle)).href
    }
  }
  await mkdir(dirname(listOfBundles), { recursive: true })
  await writeFile(listOfBundles, JSON.stringify(bundles))
  return async () => remove(process.pid)
}

/** A run that was killed left its bundles behind. */
function removeLeftovers(): void {
  for (const folder of globSync(`packages/*/${folderOf('*')}`, { cwd: root })) {
    const pid = Number(folder.slice(folder.lastIndexOf('-') + 1))
    if (!isAlive(pid)) remove(pid)
  }
}

function remove(pid: number): void {
  for (const folder of globSync(`packages/*/${folderOf(pid)}`, { cwd: root })) {
    rmSync(join(root, folder), { recursive: true, force: true })
  }
  rmSync(listOfBundles.replace(String(process.pid), String(pid)), { force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
