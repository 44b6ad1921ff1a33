export * from '@nuages/views'
