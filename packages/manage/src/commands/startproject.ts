import { CommandError } from '@nuages/core'
import { CreateProjectError, createProject } from 'create-nuages'
import { builtIn } from '../program/built-in.ts'

export const startproject = builtIn({
  arguments: { directory: { help: 'where it goes: a new or empty folder, whose name it takes' } },
  options: {
    template: { type: 'string', short: 't', choices: ['blog', 'empty'], default: 'empty', help: 'what it starts with' },
  },
  async run({ args, options, stdout }) {
    try {
      const folder = await createProject({ directory: args.directory, template: options.template })
      stdout.write(`Made a project in ${folder}. Next:\n\n  cd ${args.directory}\n  npm install\n  npm start\n`)
    } catch (error) {
      if (error instanceof CreateProjectError) throw new CommandError(error.message)
      throw error
    }
  },
})
