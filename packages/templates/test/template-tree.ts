import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes template files into a directory of its own, removed after the test: `{ 'project/a.html': '…' }`. */
export function templateTree(files: Readonly<Record<string, string>>): {
  path(...parts: string[]): string
  write(name: string, source: string): void
} {
  const root = mkdtempSync(join(tmpdir(), 'nuages-templates-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const write = (name: string, source: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), source)
  }
  for (const [name, source] of Object.entries(files)) write(name, source)
  return { path: (...parts) => join(root, ...parts), write }
}
