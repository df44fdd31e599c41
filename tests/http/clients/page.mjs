// SPDX-License-Identifier: GPL-2.0-or-later
// A page for the search libraries of browsers to live in.
import { JSDOM } from 'jsdom'

export function openPage() {
  const dom = new JSDOM('<!doctype html><body></body>', { url: 'http://page.test/', pretendToBeVisual: true })
  for (const name of ['window', 'document', 'HTMLElement', 'Element', 'Node', 'Event', 'CustomEvent', 'KeyboardEvent', 'MutationObserver', 'DocumentFragment'])
    Object.defineProperty(globalThis, name, { value: name === 'window' ? dom.window : dom.window[name], configurable: true })
  for (const name of ['navigator', 'location', 'history'])
    Object.defineProperty(globalThis, name, { value: dom.window[name], configurable: true })
  class NoObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  globalThis.IntersectionObserver = dom.window.IntersectionObserver = NoObserver
  globalThis.ResizeObserver = dom.window.ResizeObserver = NoObserver
  globalThis.requestAnimationFrame = dom.window.requestAnimationFrame
  globalThis.cancelAnimationFrame = dom.window.cancelAnimationFrame
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
