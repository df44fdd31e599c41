// SPDX-License-Identifier: GPL-2.0-or-later
// The API at work: each change of the query is asked with everything shown.
const form = document.querySelector('#try'), field = document.querySelector('#tq'), keyField = document.querySelector('#tk');
const request = document.querySelector('#request'), answer = document.querySelector('#answer'), timing = document.querySelector('#timing');
let sent = 0;

try { if (keyField) keyField.value = sessionStorage.getItem('nunmul-key') ?? ''; } catch { /* storage may be refused */ }

async function ask() {
  const number = ++sent;
  const body = { q: field.value, limit: 5, showRankingScore: true, showRankingScoreDetails: true, showPerformanceDetails: true, attributesToHighlight: ['*'], attributesToRetrieve: ['id', 'title', 'artist', 'kind'] };
  const key = form.dataset.key ?? keyField?.value.trim();
  const headers = { 'Content-Type': 'application/json', ...(key ? { Authorization: `Bearer ${key}` } : {}) };
  const shown = { ...headers, ...(key && !form.dataset.key ? { Authorization: 'Bearer …' } : {}) };
  const flags = Object.entries(shown).map(([name, value]) => `-H '${name}: ${value}'`).join(' \\\n  ');
  request.textContent = `curl '${location.origin}/indexes/${encodeURIComponent(form.dataset.index)}/search' \\\n  ${flags} \\\n  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`;
  const start = performance.now();
  try {
    const response = await fetch(`/indexes/${encodeURIComponent(form.dataset.index)}/search`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (number !== sent) return;
    timing.textContent = `${response.status} · ${(performance.now() - start).toFixed(1)} ms · ${new Blob([text]).size} B`;
    answer.textContent = JSON.stringify(JSON.parse(text), null, 2);
  } catch (error) {
    if (number === sent) timing.textContent = String(error);
  }
}

form.addEventListener('submit', (event) => { event.preventDefault(); ask(); });
form.addEventListener('input', ask);
ask();
