export * from './app.ts'
export * from './content-type.ts'
export { createContentTypes } from './create-content-types.ts'
