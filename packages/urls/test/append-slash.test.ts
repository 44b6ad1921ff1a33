import { HttpResponse } from '@nuages/http'
import { describe, expect, test } from 'vitest'
import { appendSlash, createResolver, path } from '../src/index.ts'

const view = (): HttpResponse => new HttpResponse('')

describe('appendSlash', () => {
  const resolver = createResolver([
    path('about/', view),
    path('feed', view),
    path('both', view),
    path('both/', view),
    path('f/<path:rest>/', view),
  ])
  const anything = createResolver([path('<path:any>/', view)])

  test.each<[url: string, redirect: string | undefined]>([
    ['/about', '/about/'],
    ['/about/', undefined],
    ['/feed', undefined],
    ['/feed/', undefined],
    ['/both', undefined],
    ['/nothing', undefined],
    ['/f/a b?c', '/f/a%20b%3Fc/'],
    ['about', undefined],
  ])('%s leads to %s', (url, redirect) => {
    expect(appendSlash(url, resolver)).toBe(redirect)
  })

  test.each([
    ['//evil.example', '/%2Fevil.example/'],
    ['/\\evil.example', '/%5Cevil.example/'],
    ['///evil.example', '/%2F/evil.example/'],
  ])('%s stays on this host', (url, redirect) => {
    expect(appendSlash(url, anything)).toBe(redirect)
    expect(new URL(redirect, 'http://here.example').host).toBe('here.example')
  })
})
