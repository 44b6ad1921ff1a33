export * from '@nuages/manage'
