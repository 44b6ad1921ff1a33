import { defineApp } from 'nuages'

export const accounts = defineApp({
  name: 'accounts',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
})
