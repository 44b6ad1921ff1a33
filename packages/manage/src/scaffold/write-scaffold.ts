import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/**
 * Writes the files of a scaffold, such as `app`, to a new place. `__name__` in paths and texts is replaced, and the `.txt`
 * that keeps tools from taking a scaffold for source is dropped.
 * @param values what stands for each name
 * @throws the file system's error (`EEXIST`) rather than overwrite a file
 */
export async function writeScaffold(
  scaffold: string,
  target: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = join(import.meta.dirname, scaffold)
  const fill = (text: string): string => text.replace(/__([a-z]+)__/g, (mark, name: string) => values[name] ?? mark)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const source = join(entry.parentPath, entry.name)
    const path = join(target, fill(relative(folder, source)).replace(/\.txt$/, ''))
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, fill(await readFile(source, 'utf8')), { flag: 'wx' })
  }
}
