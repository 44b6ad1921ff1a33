import { defineApp } from '@nuages/core'

export const library = defineApp({ name: 'library', dir: import.meta.dirname, models: () => import('./models.ts') })
