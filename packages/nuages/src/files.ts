export * from '@nuages/files'
