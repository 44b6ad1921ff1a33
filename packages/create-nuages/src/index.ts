export { type CreateProjectOptions, createProject } from './create-project.ts'
export { CreateProjectError } from './errors.ts'
