export * from '@nuages/tokens'
