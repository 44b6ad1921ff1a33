import { defineApp } from 'nuages'

export const bench = defineApp({ name: 'bench', dir: import.meta.dirname, models: () => import('./nuages-models.ts') })
