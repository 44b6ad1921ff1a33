import type { TemplateLibrary } from '../engine.ts'

export const djangoLibrary: TemplateLibrary = {}
