export { UsageError } from './errors.ts'
export { type CommandInput, callCommand, manage } from './manage.ts'
export type { ProjectOptions } from './program/project.ts'
