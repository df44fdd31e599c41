// SPDX-License-Identifier: GPL-2.0-or-later
// Puts the search box where the plain form's field is; the form goes on working without it. Where the page
// has no key to search with, it takes one from the visitor and keeps it in this tab.
import './nunmul-search.js';

const form = document.querySelector('form[role=search]');
const keyForm = document.querySelector('#key-form');
const KEPT = 'nunmul-key';
const kept = () => { try { return sessionStorage.getItem(KEPT) ?? ''; } catch { return ''; } };
const keep = (key) => { try { if (key) sessionStorage.setItem(KEPT, key); else sessionStorage.removeItem(KEPT); } catch { /* storage may be refused */ } };

const element = (tag, attributes, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

function putBox() {
  const field = form.querySelector('input[type=search]');
  const box = element('nunmul-search', { 'hit-url': '/entries/{id}', facets: 'kind', host: location.origin, value: field.value });
  if (form.dataset.key) box.key = form.dataset.key;
  const had = document.activeElement === field;
  field.hidden = true;
  form.querySelector('label')?.remove();
  field.before(box);
  if (had) box.focus();
  const send = (query) => { field.value = query; form.submit(); };
  if (keyForm) return box;
  box.addEventListener('nunmul-submit', (event) => { event.preventDefault(); send(event.detail.query); });
  form.addEventListener('submit', () => { field.value = box.value; });
  return box;
}

// An entry as its page would show it, for whoever has a key of their own: the server cannot show it then.
function showEntry(hit) {
  const language = document.documentElement.lang;
  const local = (name) => String(hit[`${name}_${language}`] || hit[name] || '');
  document.querySelector('#entry')?.remove();
  const parts = [element('h2', {}, local('title') || String(hit.id))];
  if (local('artist')) parts.push(element('p', { class: 'artist' }, local('artist')));
  parts.push(element('p', { class: 'description' }, local('description')));
  const article = element('article', { id: 'entry', tabindex: '-1' }, ...parts);
  document.querySelector('main').append(article);
  article.focus();
}

function takeKey(box) {
  const note = document.querySelector('#key-note'), status = document.querySelector('#key-status'), field = document.querySelector('#key');
  const use = (key) => { box.key = key; keep(key); note.hidden = Boolean(key); };
  keyForm.hidden = false;
  form.addEventListener('submit', (event) => { event.preventDefault(); box.focus(); });
  box.addEventListener('nunmul-submit', (event) => event.preventDefault());
  box.addEventListener('nunmul-select', (event) => { event.preventDefault(); showEntry(event.detail.hit); });
  box.addEventListener('nunmul-error', ({ detail }) => { if (detail.status === 401 || detail.status === 403) use(''); });
  keyForm.addEventListener('submit', async (event) => {
    event.preventDefault();
    status.textContent = '';
    const key = field.value.trim();
    const answer = await fetch('/indexes/entries/search?limit=0', { headers: { Authorization: `Bearer ${key}` } }).catch(() => null);
    if (answer?.ok) { use(key); field.value = ''; box.focus(); return; }
    const error = await answer?.json().catch(() => null);
    status.textContent = error?.message ?? '…';
  });
  use(kept());
}

if (form) {
  const box = putBox();
  if (keyForm) takeKey(box);
}
