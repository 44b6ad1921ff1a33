export * from '@nuages/forms'
