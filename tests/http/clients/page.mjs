// SPDX-License-Identifier: GPL-2.0-or-later
// A page for the search libraries of browsers to live in.
import { JSDOM } from 'jsdom'

export function openPage() {
  const dom = new JSDOM('<!doctype html><body></body>', { url: 'http://page.test/', pretendToBeVisual: true })
  const define = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  for (const name of Object.getOwnPropertyNames(dom.window)) if (!(name in globalThis)) define(name, dom.window[name])
  for (const name of ['window', 'document', 'navigator', 'location', 'history', 'Event', 'CustomEvent', 'EventTarget']) define(name, dom.window[name])
  globalThis.window = dom.window
  class NoObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  globalThis.IntersectionObserver = dom.window.IntersectionObserver = NoObserver
  globalThis.ResizeObserver = dom.window.ResizeObserver = NoObserver
  globalThis.matchMedia = dom.window.matchMedia = () => ({ matches: false, addEventListener() {}, removeEventListener() {} })
  return dom
}

// Looks again until `found` gives something.
export async function until(found, what) {
  const end = Date.now() + 10000
  for (;;) {
    const value = found()
    if (value) return value
    if (Date.now() > end) throw new Error(`waited in vain for ${what}: ${document.body.innerHTML.slice(0, 2000)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
