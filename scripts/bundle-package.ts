import { cpSync, globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { isAbsolute, join, relative } from 'node:path'
import { type OutputChunk, rolldown } from 'rolldown'
import { ownPlaces } from './own-places.ts'

/** Sources that something else than an import of the package finds by their path: each stays a file of its own. */
const foundByPath = [
  'src/migrations/[0-9]*.ts', // listed by `migrate`
  'src/**/*-worker.ts', // run by a thread
  'src/backends/postgres/postgres-test-database.ts', // imported by the process that cleans up behind a test run
]

interface Manifest {
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly publishConfig: {
    readonly bin?: Readonly<Record<string, string>>
    readonly exports: Readonly<Record<string, { readonly default: string }>>
  }
}

/**
 * Writes what runs of a package: the modules that its `exports` name, chunks that they share or load later, and the files beside the
 * sources that are no TypeScript (templates, styles, scaffolds). A start of Node costs about a millisecond for each module it
 * loads, so a package is a few of them and not one for each source. Nothing is renamed that a user sees: code is not
 * minified, classes keep their names, and source maps lead to the TypeScript.
 * @param folder the package's, an absolute path
 * @param output the folder in it that is written to; what is there already stays
 */
export async function bundlePackage(folder: string, output = 'dist'): Promise<void> {
  const target = join(folder, output)
  copyAssets(join(folder, 'src'), target)
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const bundle = await rolldown({
    cwd: folder,
    input: entriesOf(folder, manifest),
    platform: 'node',
    // The helpers of the bundler, unlike what packages import, are not there when a package is installed.
    external: (id) => !id.startsWith('.') && !isAbsolute(id) && !id.startsWith('@oxc-project/runtime/'),
    plugins: [ownPlaces(join(folder, 'src'), target)],
    tsconfig: false,
    transform: { target: 'esnext', typescript: { onlyRemoveTypeImports: true } },
    experimental: { nativeMagicString: true },
    onLog(level, log) {
      // An app's models are loaded by a thunk and exported by its package: the thunk then gives what is there already.
      if (level !== 'warn' || log.code === 'INEFFECTIVE_DYNAMIC_IMPORT') return
      throw new Error(`${folder}: ${log.message}`)
    },
  })
  const written = await bundle.write({
    dir: target,
    format: 'esm',
    sourcemap: true,
    keepNames: true,
    minify: false,
    minifyInternalExports: false,
    comments: { jsdoc: false },
    entryFileNames: '[name].js',
    // In a stack trace the name of one of many sources would mislead.
    chunkFileNames: ({ isDynamicEntry }) => (isDynamicEntry ? '[name].js' : 'shared.js'),
  })
  await bundle.close()
  const chunks = written.output.filter((file) => file.type === 'chunk')
  assertInstalled(folder, manifest, chunks)
  assertNoCycle(folder, chunks)
}

function copyAssets(sources: string, target: string): void {
  for (const asset of globSync('**/*', { cwd: sources, withFileTypes: true })) {
    if (!asset.isFile() || asset.name.endsWith('.ts')) continue
    const from = join(asset.parentPath, asset.name)
    cpSync(from, join(target, relative(sources, from)))
  }
}

/** Name below the output → source. */
function entriesOf(folder: string, { bin = {}, publishConfig }: Manifest): Record<string, string> {
  const published = [
    ...Object.values(publishConfig.exports).map((target) => target.default),
    ...Object.values(publishConfig.bin ?? bin),
  ].map((file) => file.replace(/^\.\/dist\/(.*)\.js$/, '$1'))
  const alone = globSync(foundByPath, { cwd: folder }).map((file) => file.replace(/^src\/(.*)\.ts$/, '$1'))
  return Object.fromEntries([...published, ...alone].map((name) => [name, `./src/${name}.ts`]))
}

/** What a chunk imports is in the package or comes along when it is installed. */
function assertInstalled(folder: string, manifest: Manifest, chunks: readonly OutputChunk[]): void {
  const own = new Set(chunks.map(({ fileName }) => fileName))
  const installed = { ...manifest.dependencies, ...manifest.peerDependencies }
  for (const { fileName, imports, dynamicImports } of chunks) {
    for (const imported of [...imports, ...dynamicImports]) {
      const name = /^(?:@[^/]+\/)?[^/]+/.exec(imported)![0]
      if (own.has(imported) || isBuiltin(imported) || name in installed) continue
      throw new Error(`${folder}: ${fileName} imports '${imported}', which package.json has no dependency on.`)
    }
  }
}

/** Sources have no import cycles, and chunks that have one would run in another order than they. */
function assertNoCycle(folder: string, chunks: readonly OutputChunk[]): void {
  const imports = new Map(chunks.map((chunk) => [chunk.fileName, chunk.imports]))
  const done = new Set<string>()
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) throw new Error(`${folder}: chunks import each other: ${[...trail, file].join(' → ')}`)
    if (done.has(file)) return
    for (const next of imports.get(file) ?? []) visit(next, [...trail, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
}
