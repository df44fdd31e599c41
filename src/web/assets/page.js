// SPDX-License-Identifier: GPL-2.0-or-later
// Puts the search box where the plain form's field is; the form goes on working without it. Where the page
// asks for a key, it takes one from the visitor or from the address, keeps it in this tab, and shows the page
// that the server gives to whoever has it.
import './nunmul-search.js';

const KEPT = 'nunmul-key';
const kept = () => { try { return sessionStorage.getItem(KEPT) ?? ''; } catch { return ''; } };
const keep = (key) => { try { if (key) sessionStorage.setItem(KEPT, key); else sessionStorage.removeItem(KEPT); } catch { /* storage may be refused */ } };
const find = (selector) => document.querySelector(selector);

function putBox() {
  const form = find('form[role=search]');
  if (!form) return;
  const field = form.querySelector('input[type=search]'), keyForm = find('#key-form');
  const { index, key } = form.dataset;
  const box = document.createElement('nunmul-search');
  const entry = `/entries/{id}${form.elements.namedItem('index') ? `?index=${encodeURIComponent(index)}` : ''}`;
  for (const [name, value] of Object.entries({ index, 'hit-url': entry, facets: 'kind', host: location.origin, value: field.value })) box.setAttribute(name, value);
  if (key || kept()) box.key = key || kept();
  const had = document.activeElement === field;
  field.hidden = true;
  form.querySelector('label')?.remove();
  field.before(box);
  if (had) box.focus();
  const send = () => { field.value = box.value; form.submit(); };
  box.addEventListener('nunmul-submit', (event) => { event.preventDefault(); if (!keyForm) send(); });
  form.addEventListener('submit', (event) => { field.value = box.value; if (keyForm) event.preventDefault(); });
  if (keyForm) takeKey(keyForm);
}

// The page as whoever has the key sees it, in the place of this one. Gives whether the key is good for it, or
// nothing where no answer came.
async function unlock(key) {
  const answer = await fetch(location.href, { headers: { Authorization: `Bearer ${key}`, Accept: 'text/html' } }).catch(() => null);
  if (!answer) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (page.querySelector('#key-form')) return false;
  find('main').replaceWith(page.querySelector('main'));
  document.title = page.title;
  putBox();
  return true;
}

async function takeKey(keyForm) {
  const note = find('#key-note'), status = find('#key-status'), field = find('#key'), { index } = find('form[role=search]').dataset;
  keyForm.hidden = false;
  keyForm.addEventListener('submit', async (event) => {
    event.preventDefault();
    status.textContent = '';
    const key = field.value.trim();
    keep(key);
    const shown = await unlock(key);
    if (shown) return;
    if (shown === false) keep('');
    const answer = await fetch(`/indexes/${encodeURIComponent(index)}/search?limit=0`, { headers: { Authorization: `Bearer ${key}` } }).catch(() => null);
    status.textContent = (await answer?.json().catch(() => null))?.message ?? '…';
  });
  if (!kept()) return;
  note.hidden = true; // not shown for the moment that it takes
  const shown = await unlock(kept());
  if (shown) return;
  note.hidden = false;
  if (shown === false) keep('');
}

const given = /^#key=(.+)$/.exec(location.hash);
if (given) {
  if (find('#key-form')) keep(decodeURIComponent(given[1]));
  history.replaceState(null, '', location.pathname + location.search);
}
putBox();
