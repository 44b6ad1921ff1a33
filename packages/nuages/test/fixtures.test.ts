import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manageCommand } from './projects/running-command.ts'
import { type TemporaryProject, temporaryProject } from './projects/temporary-project.ts'

let project: TemporaryProject

beforeAll(async () => {
  project = await temporaryProject()
  await manage('makemigrations')
  await manage('migrate')
})
afterAll(() => project.remove())

const manage = (...args: string[]) => manageCommand(project.folder, ...args)
const start = (...args: string[]) => spawn(process.execPath, ['manage.ts', ...args], { cwd: project.folder })
const count = async () => Number((await manage('shell', '-c', 'console.log(await Product.objects.count())')).stdout)

async function ended(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const [stdout, stderr] = [child.stdout!.toArray(), child.stderr!.toArray()]
  const [code] = await once(child, 'close')
  return { code, stdout: Buffer.concat(await stdout).toString(), stderr: Buffer.concat(await stderr).toString() }
}

const line = (pk: number) => `{"model": "shop.product", "pk": ${pk}, "fields": {"name": "${'x'.repeat(80)}"}}\n`

test('standard input and output', async () => {
  const child = start('loaddata', '-', '--format', 'jsonl')
  const outcome = ended(child)
  for (let pk = 1; pk <= 20_000; pk++) child.stdin.write(line(pk))
  child.stdin.end()
  expect(await outcome).toEqual({ code: 0, stdout: 'Loaded 20000 rows of 1 fixture.\n', stderr: '' })
  const { stdout } = await ended(start('dumpdata', '--format', 'jsonl'))
  expect(stdout.trim().split('\n')).toHaveLength(20_000)
})

test('who has read enough ends it without a word', async () => {
  const child = start('dumpdata')
  const errors = child.stderr.toArray()
  child.stdout.once('data', () => child.stdout.destroy())
  const [code] = await once(child, 'exit')
  expect({ code, errors: Buffer.concat(await errors).toString() }).toEqual({ code: 0, errors: '' })
})

test('killed in the middle, loaddata has loaded nothing', async () => {
  const before = await count()
  const child = start('loaddata', '-', '--format', 'jsonl')
  const exit = once(child, 'exit')
  child.stdin.on('error', () => {})
  // Its pipe holds a part of this alone, so that what is written has been read, and most of it stored.
  for (let pk = 100_001; pk <= 120_000; pk++) {
    if (!child.stdin.write(line(pk))) await once(child.stdin, 'drain')
  }
  child.kill('SIGKILL')
  await exit
  expect(await count()).toBe(before)
})
