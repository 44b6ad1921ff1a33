export * from '@nuages/testing'
