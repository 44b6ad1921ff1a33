import { HttpResponse } from '@nuages/http'
import { configureTranslations, withLanguage } from '@nuages/i18n'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createResolver, i18nPatterns, include, path, translatePath } from '../src/index.ts'

const view = () => new HttpResponse()

beforeAll(() => configureTranslations({ languageCode: 'en', languages: ['en', 'ko', 'pt-BR'] }))
afterAll(() => configureTranslations({ languageCode: 'en' }))

const pages = [path('about/', view, 'about'), path('posts/<int:year>/', view, 'posts')] as const
const shop = include([path('', view, 'list'), path('<slug:slug>/', view, 'book')], { namespace: 'shop' })

describe('with a prefix for every language', () => {
  const resolver = createResolver([
    path('feed/', view, 'feed'),
    i18nPatterns([...pages, path('shop/', shop)]),
    path('<slug:page>/', view, 'page'),
  ])

  test('an address is found below each of them, and below no other', () => {
    for (const prefix of ['en', 'ko', 'pt-br']) expect(resolver.find(`/${prefix}/about/`)?.urlName).toBe('about')
    expect(resolver.find('/ko/posts/2026/')?.params).toEqual({ year: 2026 })
    for (const prefix of ['fr', 'KO', 'pt-BR', '', 'ko/ko']) expect(resolver.find(`/${prefix}/about/`)).toBeUndefined()
    expect([resolver.find('/feed/')?.urlName, resolver.find('/ko/')?.urlName]).toEqual(['feed', 'page'])
  })

  test('a name is written in the active language', () => {
    expect(resolver.reverse('about')).toBe('/en/about/')
    expect(withLanguage('ko', () => resolver.reverse('posts', { year: 2026 }))).toBe('/ko/posts/2026/')
    expect(withLanguage('pt-BR', () => resolver.reverse('shop:book', ['dune']))).toBe('/pt-br/shop/dune/')
    expect(withLanguage('fr', () => resolver.reverse('about'))).toBe('/en/about/')
    expect(withLanguage('ko', () => resolver.reverse('feed'))).toBe('/feed/')
  })

  test('an address is the same page in another language', () => {
    expect(translatePath('/en/posts/2026/', 'ko', resolver)).toBe('/ko/posts/2026/')
    expect(translatePath('/ko/shop/dune/', 'pt-BR', resolver)).toBe('/pt-br/shop/dune/')
    for (const other of ['/feed/', '/nowhere/at/all/', '/ko/nowhere/'])
      expect(translatePath(other, 'ko', resolver)).toBeUndefined()
  })
})

test('without one for the language of the project', () => {
  const resolver = createResolver([i18nPatterns(pages, { prefixDefaultLanguage: false })])
  expect(resolver.find('/about/')?.urlName).toBe('about')
  expect(resolver.find('/ko/about/')?.urlName).toBe('about')
  expect(resolver.find('/en/about/')).toBeUndefined()
  expect([resolver.reverse('about'), withLanguage('ko', () => resolver.reverse('about'))]).toEqual([
    '/about/',
    '/ko/about/',
  ])
  expect(translatePath('/about/', 'ko', resolver)).toBe('/ko/about/')
  expect(translatePath('/ko/about/', 'en', resolver)).toBe('/about/')
})
