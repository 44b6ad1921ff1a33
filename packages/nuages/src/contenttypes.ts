export * from '@nuages/contenttypes'
