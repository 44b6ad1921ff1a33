export * from '@nuages/templates'
