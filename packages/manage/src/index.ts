export * from './errors.ts'
export { callCommand, manage } from './program/manage.ts'
export type { ProjectOptions } from './program/project.ts'
