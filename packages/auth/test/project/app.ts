import { defineApp } from '@nuages/core'

export const notes = defineApp({ name: 'notes', dir: import.meta.dirname, models: () => import('./models.ts') })
