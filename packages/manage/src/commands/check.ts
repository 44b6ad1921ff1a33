import { CommandError, type CommandOutput, runChecks } from '@nuages/core'
import type { CheckLevel, CheckMessage } from '@nuages/foundation'
import { schemaDrift } from '@nuages/orm/migrations'
import { migrationApps } from '../migrations/migration-apps.ts'
import { builtIn } from '../program/built-in.ts'
import { numbered } from '../program/numbered.ts'
import type { Project } from '../program/project.ts'

const levels: readonly CheckLevel[] = ['debug', 'info', 'warning', 'error', 'critical']

export const check = builtIn({
  options: {
    deploy: { type: 'boolean', help: 'also check what matters in production' },
    tag: { type: 'string', short: 't', multiple: true, help: 'only checks with one of these tags' },
    database: {
      type: 'string',
      multiple: true,
      help: 'also compare a database, by its alias, with what its migrations made',
    },
    failLevel: {
      type: 'string',
      choices: levels,
      default: 'error',
      help: 'the level from which on the exit code is 1',
    },
  },
  async run({ options, project, stdout }) {
    await project.setup()
    const messages = [
      ...(await runChecks({
        deploy: options.deploy,
        ...(options.tag.length > 0 ? { tags: options.tag } : {}),
      })),
      ...(await Promise.all(options.database.map(driftOf))).flat(),
    ]
    stdout.write(report(messages))
    return messages.some((message) => atLeast(message.level, options.failLevel as CheckLevel)) ? 1 : 0
  },
})

/**
 * Runs the checks before a command that needs a sound project: what is found is reported, and an error stops the command.
 * @throws CommandError when a check finds an error
 */
export async function requireSoundProject(project: Project, stderr: CommandOutput): Promise<void> {
  await project.setup()
  const messages = (await runChecks()).filter(({ level }) => atLeast(level, 'warning'))
  if (messages.length > 0) stderr.write(report(messages))
  if (messages.some(({ level }) => atLeast(level, 'error')))
    throw new CommandError('The system checks found errors (above).')
}

async function driftOf(database: string): Promise<CheckMessage[]> {
  const findings = await schemaDrift({ apps: migrationApps(), database })
  return findings.map(({ level, id, message }) => ({ level, id, message, object: database }))
}

function atLeast(level: CheckLevel, floor: CheckLevel): boolean {
  return levels.indexOf(level) >= levels.indexOf(floor)
}

function report(messages: readonly CheckMessage[]): string {
  if (messages.length === 0) return 'The system checks found nothing.\n'
  const lines = messages.map(({ level, id, message, hint, object }) => {
    const subject = object === undefined ? '' : `${object}: `
    return `${level.toUpperCase()} ${subject}(${id}) ${message}${hint === undefined ? '' : `\n  ${hint}`}`
  })
  return `${lines.join('\n')}\n${numbered(messages.length, 'finding')}.\n`
}
