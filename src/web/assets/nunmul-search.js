// SPDX-License-Identifier: GPL-2.0-or-later
// <nunmul-search>: a search box for any page. No dependencies; texts of documents only ever become text
// nodes. Attributes (and properties of the same names, hitUrl and resultsUrl for the dashed ones):
//   host         where nunmul answers; the place of this script if absent
//   index        "entries"
//   key          a search key, where the server asks for one
//   placeholder, label, lang (en, ko, ja; else the page's or the browser's language)
//   limit        hits shown, 8
//   facets       attributes offered as buttons above the hits: "kind"
//   hit-url      where a hit leads: "/entries/{id}", any {field} of the hit
//   results-url  where Enter leads without a chosen hit: "/?q={q}"; nowhere if absent
// Events: nunmul-results {query, hits, total}, nunmul-select {hit, url}, nunmul-submit {query}; the last
// two can be prevented. Slots: before, after. Parts: input, list, hit, title, artist, snippet, meta, mark,
// facets, status. Custom properties: --nunmul-accent, -text, -muted, -surface, -line, -radius, -font.

const OPEN = '\uE000', CLOSE = '\uE001'; // marks in answers; private-use characters that no text has

const TEXTS = {
  en: { label: 'Search', placeholder: 'Title, artist, a mood, a plot…', none: 'Nothing found for “{q}”', fewer: 'With fewer words: {q}', recent: 'Recent searches', clear: 'Forget them', count: (n) => (n === 1 ? '1 result' : `${n} results`), failed: 'The search does not answer just now.', all: 'All', kinds: { song: 'Song', film: 'Film', drama: 'Drama' } },
  ko: { label: '검색', placeholder: '제목, 가수, 분위기, 줄거리…', none: '“{q}”에 대한 결과가 없어요', fewer: '단어를 줄여 검색: {q}', recent: '최근 검색어', clear: '지우기', count: (n) => `결과 ${n}개`, failed: '지금은 검색이 응답하지 않아요.', all: '전체', kinds: { song: '노래', film: '영화', drama: '드라마' } },
  ja: { label: '検索', placeholder: 'タイトル、アーティスト、気分、あらすじ…', none: '「{q}」は見つかりませんでした', fewer: '言葉を減らして検索：{q}', recent: '最近の検索', clear: '消す', count: (n) => `${n}件`, failed: 'ただいま検索が応答しません。', all: 'すべて', kinds: { song: '曲', film: '映画', drama: 'ドラマ' } },
};

const STYLE = `
:host{--a:var(--nunmul-accent,#2f6690);--t:var(--nunmul-text,#1b2733);--m:var(--nunmul-muted,#55636f);--s:var(--nunmul-surface,#fff);--l:var(--nunmul-line,#d5dde3);--r:var(--nunmul-radius,14px);
display:block;position:relative;color:var(--t);font:400 1rem/1.5 var(--nunmul-font,system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Hiragino Sans","Yu Gothic UI","Noto Sans JP",sans-serif)}
:host([hidden]){display:none}
@media (prefers-color-scheme:dark){:host{--a:var(--nunmul-accent,#8cc4ec);--t:var(--nunmul-text,#e8eef3);--m:var(--nunmul-muted,#a5b3be);--s:var(--nunmul-surface,#17212a);--l:var(--nunmul-line,#33424f)}}
*{box-sizing:border-box}
.box{display:flex;align-items:center;gap:.6rem;padding:0 1rem;border:1.5px solid var(--l);border-radius:var(--r);background:var(--s);min-height:3.25rem}
.box:focus-within{border-color:var(--a);box-shadow:0 0 0 3px color-mix(in srgb,var(--a) 22%,transparent)}
svg{flex:none;width:1.15rem;height:1.15rem;fill:none;stroke:var(--m);stroke-width:2;stroke-linecap:round}
input{flex:1;min-width:0;border:0;outline:0;background:none;color:inherit;font:inherit;font-size:1.0625rem;padding:.7rem 0}
input::placeholder{color:var(--m);opacity:1}
input::-webkit-search-cancel-button{display:none}
.panel{position:absolute;z-index:50;inset-inline:0;top:calc(100% + .4rem);background:var(--s);border:1px solid var(--l);border-radius:var(--r);box-shadow:0 12px 32px rgb(10 25 40/.16);overflow:hidden;max-height:min(70vh,36rem);overflow-y:auto;overscroll-behavior:contain}
.panel[hidden]{display:none}
ul{list-style:none;margin:0;padding:.35rem}
li{padding:.6rem .75rem;border-radius:calc(var(--r) - 5px);cursor:pointer}
li[aria-selected=true]{background:color-mix(in srgb,var(--a) 14%,transparent)}
.head{display:flex;gap:.5rem;align-items:baseline;flex-wrap:wrap}
.title{font-weight:600;overflow-wrap:anywhere}
.artist{color:var(--m)}
.meta{margin-inline-start:auto;color:var(--m);font-size:.8125rem;white-space:nowrap}
.snippet{color:var(--m);font-size:.9rem;line-height:1.45;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
mark{background:none;color:var(--a);font-weight:700}
.note{padding:.7rem 1.1rem;color:var(--m);display:flex;justify-content:space-between;gap:1rem;font-size:.9rem}
button{font:inherit;color:var(--a);background:none;border:0;padding:.15rem .35rem;cursor:pointer;border-radius:6px;text-align:start}
button:focus-visible{outline:2px solid var(--a)}
.facets{display:flex;flex-wrap:wrap;gap:.4rem;padding:.65rem .9rem .1rem}
.facets button{border:1px solid var(--l);border-radius:99px;padding:.1rem .7rem;color:var(--t);font-size:.85rem}
.facets button[aria-pressed=true]{border-color:var(--a);color:var(--a);font-weight:600}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:no-preference){.box{transition:border-color .12s,box-shadow .12s}}
`;

let sheet;
const styles = () => { if (!sheet) { sheet = new CSSStyleSheet(); sheet.replaceSync(STYLE); } return sheet; };
let instances = 0;

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

// A text with marks as nodes: what stands between them in <mark>, all of it as text.
const marked = (text) => String(text ?? '').split(OPEN).flatMap((piece, i) => {
  if (i === 0) return piece ? [piece] : [];
  const end = piece.indexOf(CLOSE);
  return [element('mark', { part: 'mark' }, end < 0 ? piece : piece.slice(0, end)), ...(end < 0 ? [] : [piece.slice(end + 1)])];
});
const plain = (text) => String(text ?? '').replaceAll(OPEN, '').replaceAll(CLOSE, '');

export class NunmulSearch extends HTMLElement {
  static observedAttributes = ['placeholder', 'label', 'lang', 'value'];

  #input; #list; #panel; #status; #facets; #note; #texts = TEXTS.en;
  #id = `nunmul-${++instances}`;
  #sent = 0; #shown = 0; #abort = null; #active = -1; #options = []; #filters = {}; #asked = null; #closed = true;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [styles()];
    this.#input = element('input', { part: 'input', type: 'search', role: 'combobox', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'search', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${this.#id}-list` });
    this.#list = element('ul', { part: 'list', role: 'listbox', id: `${this.#id}-list` });
    this.#facets = element('div', { part: 'facets', class: 'facets', role: 'group', hidden: '' });
    this.#note = element('div', { class: 'note', hidden: '' });
    this.#panel = element('div', { class: 'panel', hidden: '' }, this.#facets, this.#note, this.#list);
    this.#status = element('div', { part: 'status', class: 'sr', role: 'status', 'aria-live': 'polite' });
    const lens = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    lens.setAttribute('viewBox', '0 0 24 24'); lens.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', 'M10.5 18a7.5 7.5 0 1 1 0-15 7.5 7.5 0 0 1 0 15Zm5.5-2 5 5');
    lens.append(line);
    root.append(element('slot', { name: 'before' }), element('div', { class: 'box' }, lens, this.#input), this.#panel, this.#status, element('slot', { name: 'after' }));
    // `input` fires at every keystroke, those of a composition included.
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('compositionend', () => this.#typed());
    this.#input.addEventListener('focus', () => this.#typed(true));
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => { const row = event.target.closest('li'); if (row) this.#choose(this.#options.findIndex((option) => option.row === row), event); });
    this.#list.addEventListener('mousemove', (event) => { const row = event.target.closest('li'); if (row) this.#activate(this.#options.findIndex((option) => option.row === row)); });
    this.addEventListener('focusout', (event) => { if (!this.contains(event.relatedTarget) && !root.contains(event.relatedTarget)) this.close(); });
  }

  connectedCallback() { this.#localize(); }
  disconnectedCallback() { this.#abort?.abort(); }
  attributeChangedCallback(name, _, value) { if (name === 'value') this.#input.value = value ?? ''; else this.#localize(); }

  get host() { return this.getAttribute('host') ?? new URL('.', import.meta.url).href; }
  set host(value) { this.setAttribute('host', value); }
  get index() { return this.getAttribute('index') || 'entries'; }
  set index(value) { this.setAttribute('index', value); }
  get key() { return this.getAttribute('key') || ''; }
  set key(value) { this.setAttribute('key', value); }
  get limit() { return Math.max(1, Number(this.getAttribute('limit')) || 8); }
  set limit(value) { this.setAttribute('limit', value); }
  get hitUrl() { return this.getAttribute('hit-url') || ''; }
  set hitUrl(value) { this.setAttribute('hit-url', value); }
  get resultsUrl() { return this.getAttribute('results-url') || ''; }
  set resultsUrl(value) { this.setAttribute('results-url', value); }
  get facets() { return (this.getAttribute('facets') || '').split(',').map((name) => name.trim()).filter(Boolean); }
  set facets(value) { this.setAttribute('facets', Array.isArray(value) ? value.join(',') : value); }
  get placeholder() { return this.getAttribute('placeholder') || this.#texts.placeholder; }
  set placeholder(value) { this.setAttribute('placeholder', value); }
  get value() { return this.#input.value; }
  set value(text) { this.#input.value = text; }

  // Closes the list; what was typed stays.
  close() {
    this.#closed = true;
    this.#panel.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#activate(-1);
  }

  #language() {
    const wanted = this.getAttribute('lang') || this.closest('[lang]')?.lang || document.documentElement.lang || navigator.language || 'en';
    const short = wanted.slice(0, 2).toLowerCase();
    return TEXTS[short] ? short : 'en';
  }

  #localize() {
    this.#texts = TEXTS[this.#language()];
    const label = this.getAttribute('label') || this.#texts.label;
    this.#input.placeholder = this.placeholder;
    for (const named of [this.#input, this.#list, this.#facets]) named.setAttribute('aria-label', label);
  }

  // ---- Asking.

  #typed(focused = false) {
    const query = this.#input.value;
    if (focused && this.#asked === query && this.#options.length) { this.#open(); return; }
    this.#closed = false;
    if (!query.trim()) { this.#abort?.abort(); this.#shown = ++this.#sent; this.#asked = ''; this.#showRecent(); return; }
    this.#search(query);
  }

  #body(query) {
    const language = this.#language();
    const description = language === 'en' ? 'description' : `description_${language}`;
    const filter = Object.entries(this.#filters).map(([name, value]) => `"${name}" = "${value.replace(/[\\"]/g, '\\$&')}"`);
    return { q: query, limit: this.limit, filter, facets: this.facets.length ? this.facets : undefined,
      attributesToHighlight: ['title', `title_${language}`, 'artist', `artist_${language}`, description, 'description'],
      attributesToCrop: [`${description}:24`, 'description:24'], highlightPreTag: OPEN, highlightPostTag: CLOSE };
  }

  async #ask(query, signal) {
    const headers = { 'Content-Type': 'application/json' };
    if (this.key) headers.Authorization = `Bearer ${this.key}`;
    const url = new URL(`indexes/${encodeURIComponent(this.index)}/search`, new URL(this.host, document.baseURI));
    const answer = await fetch(url, { method: 'POST', headers, signal, body: JSON.stringify(this.#body(query)) });
    if (!answer.ok) throw new Error(`nunmul answered ${answer.status}`);
    return answer.json();
  }

  async #search(query) {
    const number = ++this.#sent;
    this.#abort?.abort();
    const abort = this.#abort = new AbortController();
    try {
      const answer = await this.#ask(query, abort.signal);
      if (number < this.#shown || abort.signal.aborted) return; // a later one is there already
      let fewer = null;
      if (!answer.hits.length) fewer = await this.#fewerWords(query, abort.signal);
      if (abort.signal.aborted) return;
      this.#shown = number;
      this.#asked = query;
      this.#show(query, answer, fewer);
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.#shown = number;
      this.#clear();
      this.#note.replaceChildren(this.#texts.failed);
      this.#note.hidden = false;
      this.#open();
    }
  }

  // Where nothing is found: the most words from the front that find something.
  async #fewerWords(query, signal) {
    const words = query.trim().split(/\s+/);
    for (let count = words.length - 1; count > 0; --count) {
      const shorter = words.slice(0, count).join(' ');
      const answer = await this.#ask(shorter, signal);
      if (answer.hits.length) return { query: shorter, answer };
    }
    return null;
  }

  // ---- Showing.

  #clear() {
    this.#options = [];
    this.#list.replaceChildren();
    this.#note.hidden = true;
    this.#facets.hidden = true;
    this.#activate(-1);
  }

  #open() {
    if (this.#closed && this.shadowRoot.activeElement !== this.#input) return;
    this.#closed = false;
    this.#panel.hidden = false;
    this.#input.setAttribute('aria-expanded', String(this.#options.length > 0));
  }

  #show(query, answer, fewer) {
    this.#clear();
    this.#showFacets(answer.facetDistribution ?? {});
    const shown = fewer ? fewer.answer : answer;
    if (!answer.hits.length) {
      this.#note.replaceChildren(element('span', {}, this.#texts.none.replace('{q}', query)));
      if (fewer) {
        const button = element('button', { type: 'button' }, this.#texts.fewer.replace('{q}', fewer.query));
        button.addEventListener('click', () => { this.#input.value = fewer.query; this.#input.focus(); this.#typed(); });
        this.#note.append(button);
      }
      this.#note.hidden = false;
    }
    for (const hit of shown.hits) this.#addHit(hit);
    const total = answer.estimatedTotalHits ?? answer.totalHits ?? answer.hits.length;
    this.#status.textContent = answer.hits.length ? this.#texts.count(total) : this.#texts.none.replace('{q}', query);
    if (!this.#closed) this.#open();
    this.dispatchEvent(new CustomEvent('nunmul-results', { bubbles: true, composed: true, detail: { query, hits: shown.hits, total } }));
  }

  #addHit(hit) {
    const language = this.#language();
    const dressed = hit._formatted ?? hit;
    const local = (name) => dressed[`${name}_${language}`] ?? dressed[name] ?? '';
    const other = language !== 'en' && hit.title && hit[`title_${language}`] ? dressed.title : dressed.title_ko ?? '';
    const title = local('title') || hit.id || '';
    const head = element('div', { class: 'head' }, element('span', { class: 'title', part: 'title' }, ...marked(title)));
    if (other && plain(other) !== plain(title)) head.append(element('span', { class: 'artist' }, ...marked(other)));
    if (local('artist')) head.append(element('span', { class: 'artist', part: 'artist' }, ...marked(local('artist'))));
    const meta = [this.#texts.kinds[hit.kind] ?? hit.kind, hit.year].filter(Boolean).join(' · ');
    if (meta) head.append(element('span', { class: 'meta', part: 'meta' }, meta));
    const row = element('li', { part: 'hit', role: 'option', id: `${this.#id}-${this.#options.length}`, 'aria-selected': 'false' }, head);
    const snippet = local('description');
    if (snippet) row.append(element('div', { class: 'snippet', part: 'snippet' }, ...marked(snippet)));
    this.#options.push({ row, hit });
    this.#list.append(row);
  }

  #showFacets(distribution) {
    const buttons = [];
    for (const name of this.facets) {
      for (const [value, count] of Object.entries(distribution[name] ?? {})) {
        const on = this.#filters[name] === value;
        const button = element('button', { type: 'button', 'aria-pressed': String(on) }, `${this.#texts.kinds[value] ?? value} ${count}`);
        button.addEventListener('click', () => { if (on) delete this.#filters[name]; else this.#filters[name] = value; this.#search(this.#input.value); });
        buttons.push(button);
      }
    }
    this.#facets.replaceChildren(...buttons);
    this.#facets.hidden = buttons.length === 0;
  }

  // ---- Recent searches, on this device only.

  #recentKey() { return `nunmul-recent-${this.index}`; }
  #recent() { try { return JSON.parse(localStorage.getItem(this.#recentKey())) ?? []; } catch { return []; } }
  #remember(query) {
    const text = query.trim();
    if (!text) return;
    try { localStorage.setItem(this.#recentKey(), JSON.stringify([text, ...this.#recent().filter((one) => one !== text)].slice(0, 6))); } catch { /* storage may be refused */ }
  }

  #showRecent() {
    this.#clear();
    const recent = this.#recent();
    this.#status.textContent = '';
    if (!recent.length) { this.close(); return; }
    const forget = element('button', { type: 'button' }, this.#texts.clear);
    forget.addEventListener('click', () => { try { localStorage.removeItem(this.#recentKey()); } catch { /* as above */ } this.#input.focus(); this.#showRecent(); });
    this.#note.replaceChildren(element('span', {}, this.#texts.recent), forget);
    this.#note.hidden = false;
    for (const query of recent) {
      const row = element('li', { part: 'hit', role: 'option', id: `${this.#id}-${this.#options.length}`, 'aria-selected': 'false' }, query);
      this.#options.push({ row, query });
      this.#list.append(row);
    }
    this.#open();
  }

  // ---- Keys and choices.

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method's own keys
    const count = this.#options.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.#panel.hidden) { this.#typed(true); return; }
      if (!count) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // One place is the input itself, between the last and the first.
      this.#activate(((this.#active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === 'Home' && this.#active >= 0) { event.preventDefault(); this.#activate(0);
    } else if (event.key === 'End' && this.#active >= 0) { event.preventDefault(); this.#activate(count - 1);
    } else if (event.key === 'Enter') {
      if (this.#active >= 0) { event.preventDefault(); this.#choose(this.#active, event); } else this.#submit();
    } else if (event.key === 'Escape') {
      if (!this.#panel.hidden) { event.preventDefault(); this.close(); } else this.#input.value = '';
    } else if (event.key === 'Tab') this.close();
  }

  #activate(number) {
    if (this.#active >= 0) this.#options[this.#active]?.row.setAttribute('aria-selected', 'false');
    this.#active = number;
    const row = this.#options[number]?.row;
    if (!row) { this.#input.removeAttribute('aria-activedescendant'); return; }
    row.setAttribute('aria-selected', 'true');
    this.#input.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest' });
  }

  #choose(number, event) {
    const option = this.#options[number];
    if (!option) return;
    if (option.query !== undefined) { this.#input.value = option.query; this.#typed(); return; }
    this.#remember(this.#input.value);
    const url = this.hitUrl.replace(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(option.hit[name] ?? ''));
    const free = this.dispatchEvent(new CustomEvent('nunmul-select', { bubbles: true, composed: true, cancelable: true, detail: { hit: option.hit, url } }));
    this.close();
    if (!free || !url || !/^(https?:|\/|[^:]*$)/i.test(url)) return;
    if (event?.ctrlKey || event?.metaKey) window.open(url, '_blank', 'noopener'); else location.assign(url);
  }

  #submit() {
    const query = this.#input.value;
    this.#remember(query);
    const free = this.dispatchEvent(new CustomEvent('nunmul-submit', { bubbles: true, composed: true, cancelable: true, detail: { query } }));
    this.close();
    if (free && this.resultsUrl) location.assign(this.resultsUrl.replace('{q}', encodeURIComponent(query)));
  }
}

if (!customElements.get('nunmul-search')) customElements.define('nunmul-search', NunmulSearch);
