export * from '@nuages/admin'
