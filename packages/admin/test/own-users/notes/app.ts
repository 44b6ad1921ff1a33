import { defineApp } from '@nuages/core'

/** An app that knows nothing of the project's users. */
export const notes = defineApp({
  name: 'notes',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  admin: () => import('./admin.ts'),
})
