#!/usr/bin/env node
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { cancel, intro, isCancel, outro, select, text } from '@clack/prompts'
import { createProject } from './create-project.ts'
import { CreateProjectError } from './errors.ts'
import { projectName } from './project-name.ts'

const usage = `Usage: npm create nuages [folder] -- [options]

Makes a new Nuages project in the folder.

Options:
  -t, --template <name>  blog: a site to change (the default) · empty: nothing but the frame
  -y, --yes              ask nothing, take the defaults
  -h, --help             show this help
`

interface Answers {
  readonly directory: string
  readonly template: 'blog' | 'empty'
}

class Cancelled extends Error {}

function answered<T>(value: T | symbol): T {
  if (isCancel(value)) throw new Cancelled()
  return value as T
}

async function ask(given: { directory: string | undefined; template: string | undefined }): Promise<Answers> {
  const directory =
    given.directory ??
    answered<string>(
      await text({
        message: 'Where should the project go?',
        placeholder: 'mysite',
        defaultValue: 'mysite',
        validate: (value) => {
          try {
            projectName(value || 'mysite')
            return undefined
          } catch (error) {
            return (error as Error).message
          }
        },
      }),
    )
  const template =
    given.template ??
    answered<string>(
      await select({
        message: 'What should it start with?',
        options: [
          { value: 'blog', label: 'A blog', hint: 'models, pages, feed and demo posts to change' },
          { value: 'empty', label: 'Nothing', hint: 'settings, URLs and a base template' },
        ],
      }),
    )
  return { directory, template: template as Answers['template'] }
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      template: { type: 'string', short: 't' },
      yes: { type: 'boolean', short: 'y', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  if (positionals.length > 1) {
    console.error(`One project at a time: got ${positionals.join(' and ')}. Name one folder.`)
    return 2
  }
  if (positionals[0] !== undefined) projectName(positionals[0])
  if (values.template !== undefined && values.template !== 'blog' && values.template !== 'empty') {
    console.error(`There is no template '${values.template}'. Choose blog or empty.`)
    return 2
  }
  const asks = process.stdin.isTTY === true && !values.yes
  if (asks) intro('Nuages')
  const given = { directory: positionals[0], template: values.template }
  const answers = asks
    ? await ask(given)
    : { directory: given.directory ?? 'mysite', template: (given.template ?? 'blog') as Answers['template'] }
  const folder = relative(process.cwd(), await createProject(answers)) || '.'
  const steps = [...(folder === '.' ? [] : [`cd ${folder}`]), 'npm install', 'npm start']
  const next = `${folder} is ready. Next:\n\n${steps.map((step) => `  ${step}`).join('\n')}\n\nThen http://127.0.0.1:8000/ shows it, and \`npm run manage -- help\` lists what it can do.`
  if (asks) outro(next)
  else console.log(next)
  return 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof Cancelled) {
    cancel('Nothing was made.')
    process.exitCode = 130
  } else if (error instanceof CreateProjectError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
    console.error((error as Error).message)
    process.exitCode = 2
  } else throw error
}
