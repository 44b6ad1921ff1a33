import { ImproperlyConfigured } from '@nuages/foundation'
import { describe, expect, test } from 'vitest'
import { AppRegistry, defineApp, NotSetUp, UnknownApp } from '../../src/index.ts'

const dir = import.meta.dirname
const blog = defineApp({ name: 'blog', dir })
const shop = defineApp({ name: 'shop_items', dir })

class Post {}

function registry(): AppRegistry {
  const apps = new AppRegistry()
  apps.populate([blog, shop])
  apps.addModels('blog', [Post])
  return apps
}

describe('defineApp', () => {
  test('makes a name for people', () => {
    expect(shop.verboseName).toBe('Shop items')
    expect(defineApp({ name: 'x', dir, verboseName: 'The X' }).verboseName).toBe('The X')
  })

  test('refuses names that are no labels, and folders that are not absolute', () => {
    for (const name of ['Blog', 'my-app', '1st', '', 'a.b']) {
      expect(() => defineApp({ name, dir }), name).toThrow(ImproperlyConfigured)
    }
    expect(() => defineApp({ name: 'blog', dir: './blog' })).toThrow(
      "app 'blog' has dir './blog', which is no absolute path.",
    )
  })
})

describe('AppRegistry', () => {
  test('finds apps and models', () => {
    const apps = registry()
    expect(apps.all()).toEqual([blog, shop])
    expect(apps.get('blog')).toBe(blog)
    expect(apps.has('nope')).toBe(false)
    expect(apps.getModel('blog.Post')).toBe(Post)
    expect(apps.getModel('blog.post')).toBe(Post)
    expect(apps.models()).toEqual([Post])
    expect(apps.models('shop_items')).toEqual([])
  })

  test('names the nearest to what it does not have', () => {
    const apps = registry()
    expect(() => apps.get('blogs')).toThrow(UnknownApp)
    expect(() => apps.get('blogs')).toThrow(
      "No installed app is named 'blogs'. Did you mean 'blog'? Installed: blog, shop_items.",
    )
    expect(() => apps.getModel('blog.Posts')).toThrow(
      "App 'blog' has no model 'Posts'. Did you mean 'Post'? Models: Post.",
    )
    expect(() => apps.getModel('Post')).toThrow("takes a name such as 'blog.Post', not 'Post'")
  })

  test('a name is there once', () => {
    const again = defineApp({ name: 'blog', dir: '/elsewhere' })
    expect(() => new AppRegistry().populate([blog, again])).toThrow(
      `two apps named 'blog' (in ${dir} and in /elsewhere)`,
    )
    expect(() => new AppRegistry().populate([blog, blog])).toThrow("names the app 'blog' twice")
  })

  test('says so when nothing is set up', () => {
    expect(() => new AppRegistry().get('blog')).toThrow(NotSetUp)
  })
})
