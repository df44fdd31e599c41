// SPDX-License-Identifier: GPL-2.0-or-later
// Puts the search box where the plain form's field is; the form goes on working without it.
import './nunmul-search.js';

const form = document.querySelector('form[role=search]');
if (form) {
  const field = form.querySelector('input[type=search]');
  const box = document.createElement('nunmul-search');
  box.setAttribute('hit-url', '/entries/{id}');
  box.setAttribute('facets', 'kind');
  box.setAttribute('host', location.origin);
  box.setAttribute('value', field.value);
  box.addEventListener('nunmul-submit', (event) => {
    event.preventDefault();
    field.value = event.detail.query;
    form.submit();
  });
  field.hidden = true;
  form.querySelector('label')?.remove();
  field.before(box);
  form.addEventListener('submit', () => { field.value = box.value; });
}
