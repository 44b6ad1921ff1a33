import { defineApp } from 'nuages'

export const library = defineApp({
  name: 'library',
  dir: import.meta.dirname,
  models: () => import('./library-models.ts'),
  admin: () => import('./library-admin.ts'),
})
