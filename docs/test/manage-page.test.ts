/** docs/manage.md against the commands there are. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtInCommands } from '../../packages/manage/src/commands/index.ts'
import { root } from './page.ts'

const commands = await Promise.all(
  builtInCommands.map(async (listed) => ({ name: listed.name, ...(await listed.load()) })),
)
const page = readFileSync(join(root, 'docs/manage.md'), 'utf8')
const section = page.slice(page.indexOf('| command |'), page.indexOf('## A command of your own'))
const table = section.slice(0, section.indexOf('\n\n'))

/** `apps…` is variadic, `[app]` optional, `<app>` required. */
function signature({ name, arguments: positional = {} }: (typeof commands)[number]): string {
  const words = Object.entries(positional).map(([argument, { required = true, variadic = false }]) => {
    const word = variadic ? `${argument}…` : argument
    return required ? `<${word}>` : `[${word}]`
  })
  return [name, ...words].join(' ')
}

test('the table has every command with its arguments', () => {
  const listed = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, command]) => command!)
  expect(listed.toSorted()).toEqual(commands.map(signature).toSorted())
})

test('every option of a command is on the page, and no other', () => {
  const named = new Set([...section.matchAll(/`--([a-z][a-z-]*)/g)].map(([, option]) => option!))
  const options = commands.flatMap(({ options = {} }) => Object.keys(options))
  const dashed = options.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
  expect([...named].toSorted()).toEqual([...new Set(dashed)].toSorted())
})
