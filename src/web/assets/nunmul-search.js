// SPDX-License-Identifier: GPL-2.0-or-later
// <nunmul-search>: a search box for any page. No dependencies; texts of documents only ever become text
// nodes. docs/search-box.md lists attributes, properties, events, slots, parts and custom properties.

const OPEN = '\uE000', CLOSE = '\uE001'; // marks in answers; private-use characters that no text has

const TEXTS = {
  en: { label: 'Search', placeholder: 'Title, artist, a mood, a plot…', none: 'Nothing found for “{q}”', offers: { spelling: 'Did you mean {q}?', otherLayout: 'On the other keyboard layout: {q}', fewerWords: 'With fewer words: {q}', withoutFilters: 'Without filters' }, recent: 'Recent searches', clear: 'Clear all', count: (n) => (n === 1 ? '1 result' : `${n} results`), failed: 'The search is not answering right now.', busy: 'The search is busy right now.', again: 'Try again', key: 'This search needs another key.', missing: 'There is no index with this name.', empty: 'Clear the field', artist: 'Artist', forget: 'Remove', kinds: { song: 'Song', film: 'Film', drama: 'Drama' } },
  ko: { label: '검색', placeholder: '제목, 가수, 분위기, 줄거리…', none: '“{q}”에 대한 결과가 없어요', offers: { spelling: '혹시 {q}?', otherLayout: '자판을 바꿔 치면: {q}', fewerWords: '단어를 줄여 검색: {q}', withoutFilters: '필터 없이' }, recent: '최근 검색어', clear: '모두 지우기', count: (n) => `결과 ${n}개`, failed: '지금은 검색이 응답하지 않아요.', busy: '지금은 검색이 붐벼요.', again: '다시 시도', key: '이 검색에는 다른 키가 필요해요.', missing: '그런 이름의 색인이 없어요.', empty: '입력 지우기', artist: '가수', forget: '지우기', kinds: { song: '노래', film: '영화', drama: '드라마' } },
  ja: { label: '検索', placeholder: 'タイトル、アーティスト、気分、あらすじ…', none: '「{q}」は見つかりませんでした', offers: { spelling: 'もしかして：{q}', otherLayout: 'キー配列を替えると：{q}', fewerWords: '言葉を減らして検索：{q}', withoutFilters: '絞り込まずに' }, recent: '最近の検索', clear: 'すべて消す', count: (n) => `${n}件`, failed: 'ただいま検索が応答しません。', busy: 'ただいま検索が混み合っています。', again: 'もう一度', key: 'この検索には別のキーが必要です。', missing: 'その名前のインデックスはありません。', empty: '入力を消す', artist: 'アーティスト', forget: '消す', kinds: { song: '曲', film: '映画', drama: 'ドラマ' } },
};

// The page's own rules end at .root, whatever they say of all elements. Sizes are of the visitor's letters
// (medium) and not of the page's root, which some themes make ten pixels.
const STYLE = `
:host{display:block}
:host([hidden]){display:none}
.root{all:initial;--a:var(--nunmul-accent,#2a6187);--t:var(--nunmul-text,#1b2733);--m:var(--nunmul-muted,#55636f);--s:var(--nunmul-surface,#fff);--l:var(--nunmul-line,#cfd8df);--r:var(--nunmul-radius,14px);
display:block;position:relative;color:var(--t);font:400 var(--nunmul-size,medium)/1.5 var(--nunmul-font,system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Hiragino Sans","Yu Gothic UI","Noto Sans JP",sans-serif);text-align:start;color-scheme:light}
.root:lang(ja){font-family:var(--nunmul-font,system-ui,"Hiragino Sans","Yu Gothic UI","Noto Sans JP","Noto Sans CJK JP","Apple SD Gothic Neo","Malgun Gothic",sans-serif)}
.dark{--a:var(--nunmul-accent,#8cc4ec);--t:var(--nunmul-text,#e8eef3);--m:var(--nunmul-muted,#a5b3be);--s:var(--nunmul-surface,#17212a);--l:var(--nunmul-line,#33424f);color-scheme:dark}
*{box-sizing:border-box}
.box{display:flex;align-items:center;gap:.6em;padding-inline:1em .35em;border:1.5px solid var(--l);border-radius:var(--r);background:var(--s);min-height:3.25em}
.box:focus-within{border-color:var(--a);box-shadow:0 0 0 3px color-mix(in srgb,var(--a) 26%,transparent)}
svg{flex:none;width:1.15em;height:1.15em;fill:none;stroke:var(--m);stroke-width:2;stroke-linecap:round}
input{flex:1;min-width:0;height:3em;border:0;outline:0;background:none;color:inherit;font:inherit;font-size:1.0625em;padding:0;margin:0;appearance:none;text-overflow:ellipsis}
input::placeholder{color:var(--m);opacity:1}
input::-webkit-search-cancel-button{display:none}
.clear{flex:none;width:2.75em;height:2.75em;display:grid;place-items:center;color:var(--m);padding:0}
.clear[hidden]{display:none}
.panel{position:absolute;z-index:50;inset-inline-start:0;min-width:min(100%,100vw);width:max(100%,min(20em,90vw));top:calc(100% + .4em);background:var(--s);border:1px solid var(--l);border-radius:var(--r);box-shadow:0 12px 32px rgb(10 25 40/.16);overflow:hidden auto;max-height:max(9em,min(70vh,36em,var(--h,100vh)));overscroll-behavior:contain}
.panel.end{inset-inline:auto 0}
.panel.up{top:auto;bottom:calc(100% + .4em)}
.box{anchor-name:--box}
.panel[popover]{position:fixed;position-anchor:--box;position-area:block-end span-inline-end;position-try:flip-inline;inset:auto;margin:.4em 0;padding:0;color:inherit;min-width:0;width:max(anchor-size(width),min(20em,90vw),min(25em,100% - 1.25em))}
.panel.up[popover]{position-area:block-start span-inline-end}
.panel[hidden]{display:none}
ul{list-style:none;margin:0;padding:.35em}
ul:empty{display:none}
li{padding:.6em .75em;border-radius:calc(var(--r) - 5px);cursor:pointer;scroll-margin:.35em}
li[aria-selected=true]{background:color-mix(in srgb,var(--a) 14%,transparent)}
.head{display:flex;gap:.1em .5em;align-items:baseline;flex-wrap:wrap}
.title{font-weight:600;overflow-wrap:anywhere}
.other{color:var(--m)}
.title:lang(ja){word-break:auto-phrase}
.foot{margin-top:.15em;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.foot:empty{display:none}
.foot,.meta{color:var(--m);font-size:.8125em}
.snippet{color:var(--m);font-size:.9em;line-height:1.45;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
:is(.title,.other,.artist,.snippet):lang(ko){word-break:keep-all}
.query{display:flex;align-items:center;gap:.7em}
.query .title{font-weight:400;flex:1;min-width:0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.drop{display:grid;place-items:center;width:2.2em;height:2.2em;margin:-.5em;flex:none}.drop svg{width:1em}
mark{background:none;color:var(--a);font-weight:700}
.note{padding:.6em 1.1em;color:var(--m);display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.2em 1em;font-size:.9em}
.facets{min-height:3em}.note{min-height:calc(3em/.9)}.note,.facets{box-sizing:border-box}
.note[hidden],.facets[hidden]{display:none}
button{font:inherit;color:var(--a);background:none;border:0;padding:.4em .5em;cursor:pointer;border-radius:8px;text-align:start}
button:focus-visible{outline:2px solid var(--a);outline-offset:1px}
.facets{display:flex;flex-wrap:wrap;align-items:center;gap:.4em;padding:.5em .9em .1em}
.facets button{border:1px solid var(--l);border-radius:99px;padding:.2em .8em;color:var(--t);font-size:.875em}
.facets button[aria-pressed=true]{border-color:var(--a);color:var(--a);font-weight:600}
.facets small{font-size:1em;color:var(--m)}
@media (pointer:coarse){.facets button,.note button{min-height:2.9em}li{padding-block:.75em}}
@media (forced-colors:active){li[aria-selected=true]{outline:2px solid Highlight}mark{color:inherit;text-decoration:underline}}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.busy .box>svg{opacity:.35}
@media (prefers-reduced-motion:no-preference){.box{transition:border-color .12s,box-shadow .12s}.busy .box>svg{animation:wait 1s infinite alternate}}
@keyframes wait{from{opacity:1}to{opacity:.25}}
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

const GLASS = 'M10.5 18a7.5 7.5 0 1 1 0-15 7.5 7.5 0 0 1 0 15Zm5.5-2 5 5', CROSS = 'M6 6l12 12M18 6 6 18';
const drawing = (path) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24'); svg.setAttribute('aria-hidden', 'true'); line.setAttribute('d', path);
  svg.append(line);
  return svg;
};

// A text with marks as nodes: what stands between them in <mark>, all of it as text.
const marked = (text) => String(text ?? '').split(OPEN).flatMap((piece, i) => {
  if (i === 0) return piece ? [piece] : [];
  const end = piece.indexOf(CLOSE);
  return [element('mark', { part: 'mark' }, end < 0 ? piece : piece.slice(0, end)), ...(end < 0 ? [] : [piece.slice(end + 1)])];
});
// For the right letters and voice: a text of Hangul or kana is of its language wherever it stands.
const languageOf = (text) => (/[\uac00-\ud7a3]/.test(text) ? 'ko' : /[\u3041-\u30fa]/.test(text) ? 'ja' : undefined);
// A text as the keys of which it is made: 윦 begins 윤하. Hiragana begin katakana; consonants that have not become
// kana yet, spaces and points count for nothing.
const FIRST = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ', MIDDLE = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' '), LAST = ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ');
const keysOf = (text) => text.toLowerCase().replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/([\u3041-\u30ff])[a-z]+$/, '$1')
  .replace(/[\u3041-\u3096]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 96)).replace(/[\s.·・'’]/g, '')
  .replace(/[\uac00-\ud7a3]/g, (c) => { const n = c.charCodeAt(0) - 0xac00; return FIRST[Math.floor(n / 588)] + MIDDLE[Math.floor(n / 28) % 21] + LAST[n % 28]; });

// At most two names of those who made the hits that begin with what is typed.
const namesBegun = (query, hits) => {
  const typed = keysOf(query), names = new Map();
  if (typed.length < 2 && !languageOf(query)) return [];
  for (const hit of hits) for (const field of ['artist', 'artist_ko', 'artist_ja']) {
    const name = hit[field];
    if (typeof name === 'string' && !names.has(hit.artist) && keysOf(name).startsWith(typed)) names.set(hit.artist, name);
  }
  return [...names.values()].slice(0, 2);
};
// A source without a label is called by its file: "my-songs.csv" is "My songs". The pages do the same.
const nameOfFile = (text) => (/[ /:]/.test(text) ? text : text.replace(/(?<=.)\.[^.]{1,8}$/, '').replace(/[-_]/g, ' ').replace(/^[a-z]/, (c) => c.toUpperCase()));
// A random token of this tab, by which the server's log of queries tells one search from the next.
function session() {
  const make = () => crypto.randomUUID?.() ?? String(Math.random());
  try { return sessionStorage.getItem('nunmul-session') ?? (sessionStorage.setItem('nunmul-session', make()), sessionStorage.getItem('nunmul-session')); } catch { return (unstored ??= make()); }
}
let unstored;

const own = (values, name) => (values && Object.hasOwn(values, name) ? values[name] : undefined);
const dusk = matchMedia('(prefers-color-scheme: dark)');
const plain = (text) => String(text ?? '').replaceAll(OPEN, '').replaceAll(CLOSE, '');

export class NunmulSearch extends HTMLElement {
  static observedAttributes = ['placeholder', 'label', 'lang', 'value', 'host', 'index', 'key', 'limit', 'facets'];
  static formAssociated = true;

  #internals = this.attachInternals();
  #root; #box; #clearButton; #input; #list; #panel; #status; #facets; #note; #texts = TEXTS.en;
  #id = `nunmul-${++instances}`;
  #sent = 0; #shown = 0; #abort = null; #active = -1; #options = []; #filters = {}; #asked = null; #closed = true; #withoutFacets = false; #idField = 'id'; #labels = {}; #labelsUrl = ''; #labelsCome = null; #timers = []; #gap = 0; #latest = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [styles()];
    this.#input = element('input', { part: 'input', type: 'search', role: 'combobox', autocomplete: 'off', autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false', enterkeyhint: 'search', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${this.#id}-list` });
    this.#list = element('ul', { part: 'list', role: 'listbox', id: `${this.#id}-list` });
    this.#facets = element('div', { part: 'facets', class: 'facets', role: 'group', hidden: '' });
    this.#note = element('div', { part: 'note', class: 'note', hidden: '' });
    this.#panel = element('div', { part: 'panel', class: 'panel', hidden: '', ...(CSS.supports('position-area:top') ? { popover: 'manual' } : {}) }, this.#facets, this.#note, this.#list); // above all else, where it can be held to the box
    this.#status = element('div', { part: 'status', class: 'sr', role: 'status', 'aria-live': 'polite' });
    this.#clearButton = element('button', { part: 'clear', class: 'clear', type: 'button', hidden: '' }, drawing(CROSS));
    this.#box = element('div', { part: 'box', class: 'box' }, drawing(GLASS), this.#input, this.#clearButton);
    this.#root = element('div', { class: 'root' }, element('slot', { name: 'before' }), this.#box, this.#panel, this.#status, element('slot', { name: 'after' }));
    root.append(this.#root);
    this.#clearButton.addEventListener('click', () => { this.value = ''; this.#input.focus(); this.#typed(); });
    // `input` fires at every keystroke, those of a composition included. Where a letter is taken out only to be put
    // back changed (Korean on iOS: 유 for ㅇ, without a composition), what is between is not asked; nor is what a
    // composition leaves as it was.
    const changed = () => { if (this.value !== this.#latest) this.#typed(); };
    this.#input.addEventListener('input', ({ inputType, isComposing }) => {
      clearTimeout(this.#gap);
      if (inputType === 'deleteContentBackward' && !isComposing) this.#gap = setTimeout(changed, 10); else changed();
    });
    this.#input.addEventListener('compositionend', changed);
    this.#input.addEventListener('focus', () => { this.#shade(); this.#loadLabels(); this.#typed(true); });
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    // A press on the list or a button does not take the focus out of the field.
    this.#panel.addEventListener('mousedown', (event) => event.preventDefault());
    this.#panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') { event.preventDefault(); this.#input.focus(); this.close(); } });
    this.#list.addEventListener('click', (event) => { const row = event.target.closest('li'); if (event.target.closest('.drop')) this.#forget(row.dataset.query); else if (row) this.#choose(this.#options.findIndex((option) => option.row === row), event); });
    this.#list.addEventListener('mousemove', (event) => { const row = event.target.closest('li'); if (row) this.#activate(this.#options.findIndex((option) => option.row === row)); });
    this.addEventListener('focusout', (event) => { if (!this.contains(event.relatedTarget) && !root.contains(event.relatedTarget)) this.close(); });
  }

  connectedCallback() {
    this.#localize();
    this.#takeOver();
    visualViewport?.addEventListener('resize', this.#place);
    dusk.addEventListener('change', this.#shade);
    this.#shade();
  }
  disconnectedCallback() { visualViewport?.removeEventListener('resize', this.#place); dusk.removeEventListener('change', this.#shade); this.#stop(); this.close(); }
  // Dark on a page of light letters, whatever the visitor's system prefers: not every page follows that.
  #shade = () => {
    const letters = /^rgba?\((\d+), (\d+), (\d+)/.exec(getComputedStyle(this).color);
    this.#root.classList.toggle('dark', letters ? letters[1] * 0.3 + letters[2] * 0.6 + letters[3] * 0.1 > 140 : dusk.matches);
  };
  connectedMoveCallback() { /* moved by moveBefore() it goes on as it is */ }
  attributeChangedCallback(name, before, value) {
    if (name === 'value') { this.value = value ?? ''; return; }
    if (before !== value && !['placeholder', 'label'].includes(name)) { this.#asked = this.#latest = null; this.#labelsUrl = ''; } // other answers than those shown
    if (name === 'index' || name === 'facets') { this.#filters = {}; this.#withoutFacets = false; }
    if (this.isConnected) this.#localize();
  }
  formDisabledCallback(disabled) { this.#input.disabled = this.#clearButton.disabled = disabled; }
  formResetCallback() { this.value = this.getAttribute('value') ?? ''; }

  // The text typed into the plain form between the tags before this script came, and the place in it.
  #takeOver() {
    const field = this.querySelector('input:not([type=hidden])');
    if (!field) return;
    if (!this.value) this.value = field.value;
    if (document.activeElement === field) this.#input.focus();
    for (const one of this.querySelectorAll('input,button')) one.disabled = true; // it is not shown any more
  }

  get host() { return this.getAttribute('host') ?? new URL('.', import.meta.url).href; }
  set host(value) { this.setAttribute('host', value); }
  get index() { return this.getAttribute('index') || 'entries'; }
  set index(value) { this.setAttribute('index', value); }
  get key() { return this.getAttribute('key') || ''; }
  set key(value) { this.setAttribute('key', value); }
  get limit() { return Math.max(1, Number(this.getAttribute('limit')) || 8); }
  set limit(value) { this.setAttribute('limit', value); }
  get analytics() { return this.hasAttribute('analytics'); }
  set analytics(value) { this.toggleAttribute('analytics', Boolean(value)); }
  get hitUrl() { return this.getAttribute('hit-url') || ''; }
  set hitUrl(value) { this.setAttribute('hit-url', value); }
  get resultsUrl() { return this.getAttribute('results-url') || ''; }
  set resultsUrl(value) { this.setAttribute('results-url', value); }
  get facets() { return (this.getAttribute('facets') || '').split(',').map((name) => name.trim()).filter(Boolean); }
  set facets(value) { this.setAttribute('facets', Array.isArray(value) ? value.join(',') : value); }
  get placeholder() { return this.getAttribute('placeholder') || this.#texts.placeholder; }
  set placeholder(value) { this.setAttribute('placeholder', value); }
  get label() { return this.getAttribute('label') || this.#texts.label; }
  set label(value) { this.setAttribute('label', value); }
  get name() { return this.getAttribute('name') || ''; }
  set name(value) { this.setAttribute('name', value); }
  get value() { return this.#input.value; }
  set value(text) { if (text !== this.value) { this.#input.value = text ?? ''; this.#latest = null; } this.#noteValue(); } // the same again would end a composition

  #noteValue() {
    this.#clearButton.hidden = !this.#input.value;
    this.#internals.setFormValue(this.#input.value);
  }

  // Closes the list; what was typed stays.
  close() {
    this.#closed = true;
    if (this.#panel.matches('[popover]:popover-open')) this.#panel.hidePopover();
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
    this.#root.lang = this.#language();
    this.#input.placeholder = this.placeholder;
    this.#clearButton.setAttribute('aria-label', this.#texts.empty);
    for (const named of [this.#input, this.#list, this.#facets]) named.setAttribute('aria-label', this.label);
  }

  // ---- Asking.

  #typed(focused = false) {
    const query = this.#input.value;
    this.#noteValue();
    this.#activate(-1);
    this.#latest = query;
    if (focused && this.#asked === query && this.#options.length) { this.#open(); return; }
    this.#closed = false;
    if (!query.trim()) { this.#stop(); this.#shown = ++this.#sent; this.#asked = ''; this.#showRecent(); return; }
    this.#search(query);
  }

  #body(query) {
    const language = this.#language();
    const description = language === 'en' ? 'description' : `description_${language}`;
    const filter = Object.entries(this.#filters).map(([name, value]) => `"${name}" = "${value.replace(/[\\"]/g, '\\$&')}"`);
    return { q: query, limit: this.limit, filter, facets: this.facets.length && !this.#withoutFacets ? this.facets : undefined,
      attributesToHighlight: this.renderHit ? ['*'] : ['title', `title_${language}`, 'artist', `artist_${language}`, description, 'description'],
      attributesToCrop: [`${description}:24`, 'description:24'], highlightPreTag: OPEN, highlightPostTag: CLOSE };
  }

  #url(path) { return new URL(path, new URL(this.host.replace(/\/*$/, '/'), document.baseURI)); }
  #headers() {
    return { ...(this.key && { Authorization: `Bearer ${this.key}` }), ...(this.analytics && { 'Nunmul-Session': session(), 'Meili-Include-Metadata': 'true' }) };
  }

  // The labels of fields' values in the visitor's language; without an answer they stay as they are.
  #loadLabels() {
    const url = this.#url(`nunmul-labels/${this.#language()}`).href;
    if (url === this.#labelsUrl) return;
    this.#labelsUrl = url;
    this.#labelsCome = fetch(url, { headers: this.#headers() }).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({})).then((labels) => { this.#labels = labels; });
  }
  #label(field, value) { return own(this.#labels[field], value) ?? (field === 'kind' ? own(this.#texts.kinds, value) : field === 'source' ? nameOfFile(value) : undefined) ?? value; }

  async #send(path, body, signal) {
    for (let tries = 0; ; ++tries) {
      const answer = await fetch(this.#url(`indexes/${encodeURIComponent(this.index)}/${path}`), { method: 'POST', headers: { 'Content-Type': 'application/json', ...this.#headers() }, signal, body: JSON.stringify(body) });
      if (answer.ok) return answer.json();
      const busy = answer.status === 429 || answer.status === 503;
      const error = await answer.json().catch(() => ({}));
      if (!busy || tries === 2) throw Object.assign(new Error(error.message ?? `nunmul answered ${answer.status}`), { status: answer.status, code: error.code });
      await new Promise((resolve) => setTimeout(resolve, Math.min(3, Number(answer.headers.get('Retry-After')) || 0.5) * 1000));
      signal.throwIfAborted();
    }
  }

  async #ask(query, signal) {
    try {
      const answer = await this.#send('search', this.#body(query), signal);
      this.#idField = answer.metadata?.primaryKey ?? this.#idField;
      return answer;
    } catch (error) {
      // An index whose settings do not let it count these is searched without.
      if (error.code !== 'invalid_search_facets' || this.#withoutFacets) throw error;
      console.warn(`nunmul-search: ${error.message}`);
      this.#withoutFacets = true;
      return this.#ask(query, signal);
    }
  }

  // Where nothing is found: other queries that find something, and what the first of them finds.
  async #offers(query, signal) {
    const { suggestions } = await this.#send('nunmul-suggestions', { q: query, filter: this.#body(query).filter }, signal).catch((error) => { if (signal.aborted) throw error; return { suggestions: [] }; });
    const first = suggestions.find((one) => one.way !== 'withoutFilters');
    return { suggestions, hits: first ? (await this.#ask(first.q, signal)).hits : [] };
  }

  async #search(query) {
    const number = ++this.#sent;
    this.#abort?.abort();
    const { signal } = this.#abort = new AbortController();
    this.#timers.forEach(clearTimeout);
    this.#timers = [setTimeout(() => this.#root.classList.add('busy'), 400), setTimeout(() => this.#abort.abort(new Error('no answer')), 15000)];
    try {
      const answer = await this.#ask(query, signal);
      if (number < this.#shown || signal.aborted) return; // a later one is there already
      const offers = answer.hits.length ? null : await this.#offers(query, signal);
      await Promise.race([this.#labelsCome, new Promise((resolve) => setTimeout(resolve, 500))]);
      if (signal.aborted) return;
      this.#rest();
      this.#shown = number;
      this.#asked = query;
      this.#show(query, answer, offers);
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.#rest();
      this.#shown = number;
      this.#fail(query, error.status ?? 0);
    }
  }
  #rest() { this.#timers.forEach(clearTimeout); this.#root.classList.remove('busy'); }
  #stop() { this.#abort?.abort(); this.#rest(); }

  #fail(query, status) {
    this.#asked = this.#latest = null;
    this.#clear();
    const name = { 401: 'key', 403: 'key', 404: 'missing', 429: 'busy', 503: 'busy' }[status] ?? 'failed';
    const text = this.#texts[name];
    this.#note.replaceChildren(element('span', {}, text));
    if (name === 'busy' || name === 'failed') this.#button(this.#texts.again, () => {});
    this.#note.hidden = false;
    this.#status.textContent = text;
    this.#open();
    this.#tell('nunmul-error', { query, status });
  }

  // A button of the note: what it does, and the search anew.
  #button(text, act) {
    const button = element('button', { type: 'button' }, text);
    button.addEventListener('click', () => { act(); this.#input.focus(); this.#typed(); });
    this.#note.append(button);
  }

  #tell(name, detail) { return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable: true, detail })); }

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
    this.#input.setAttribute('aria-expanded', String(this.#options.length > 0));
    if (!this.#panel.hidden) return; // measuring costs a layout, so it is done once
    this.#panel.hidden = false;
    if (this.#panel.popover) this.#panel.showPopover();
    this.#place();
  }

  // Below the field, or above it where there is more room; as high as is seen beside a keyboard on the screen.
  #place = () => {
    if (this.#panel.hidden) return;
    const box = this.#box.getBoundingClientRect(), { height, offsetTop } = visualViewport, above = box.top - offsetTop, below = height + offsetTop - box.bottom, up = below < 240 && above > below;
    this.#panel.classList.toggle('up', up);
    this.#panel.style.setProperty('--h', `${(up ? above : below) - 14}px`);
    if (this.#panel.popover) return;
    // A narrow box at the end of a line lets its list grow the other way.
    const width = this.#panel.offsetWidth;
    this.#panel.classList.toggle('end', this.matches(':dir(rtl)') ? box.right - width < 0 : box.left + width > document.documentElement.clientWidth);
  };

  #show(query, answer, offers) {
    const facet = this.shadowRoot.activeElement?.dataset.facet; // the button that asked, which is made anew
    if (facet) this.#input.focus();
    this.#clear();
    this.#showFacets(answer.facetDistribution ?? {}, facet);
    const { hits } = offers ?? answer;
    if (offers) this.#showNone(query, offers.suggestions);
    else for (const name of namesBegun(query, hits)) this.#addRow(name, { meta: this.#texts.artist, part: 'suggestion' });
    for (const hit of hits) this.#addHit(hit);
    const total = answer.estimatedTotalHits ?? answer.totalHits ?? answer.hits.length;
    this.#status.textContent = offers ? [...this.#note.children].map((one) => one.textContent).join(' ') : this.#texts.count(total);
    if (!this.#closed) this.#open();
    this.#tell('nunmul-results', { query, hits, total });
  }

  #showNone(query, suggestions) {
    this.#note.replaceChildren(element('span', {}, this.#texts.none.replace('{q}', () => query)));
    for (const { way, q } of suggestions)
      this.#button((this.#texts.offers[way] ?? '{q}').replace('{q}', () => q), () => { if (way === 'withoutFilters') this.#filters = {}; else this.value = q; });
    this.#note.hidden = false;
  }

  // A row that is a query.
  #addRow(query, { meta, part, drop }) {
    const row = element('li', { part, class: 'query', role: 'option', id: `${this.#id}-${this.#options.length}`, 'aria-selected': 'false', 'data-query': query }, drawing(drop ? 'M12 7v5l3.5 2M12 3a9 9 0 1 1-6.4 2.6' : GLASS), element('span', { class: 'title', dir: 'auto', lang: languageOf(query) }, query));
    if (meta) row.append(element('span', { class: 'meta' }, meta));
    // For the pointer; the key Delete does the same.
    if (drop) row.append(element('span', { class: 'drop', 'aria-hidden': 'true', title: this.#texts.forget }, drawing(CROSS)));
    this.#options.push({ row, query });
    this.#list.append(row);
  }

  #addHit(hit) {
    let made;
    try { made = this.renderHit?.(hit, hit._formatted ?? hit, marked); } catch (error) { reportError(error); }
    const row = element('li', { part: 'hit', role: 'option', id: `${this.#id}-${this.#options.length}`, 'aria-selected': 'false' });
    row.append(...(made === undefined ? this.#dress(hit) : [made].flat()));
    this.#options.push({ row, hit });
    this.#list.append(row);
  }

  #dress(hit) {
    const language = this.#language();
    const dressed = hit._formatted ?? hit;
    const local = (name) => dressed[`${name}_${language}`] || dressed[name] || '';
    const text = (tag, attributes, value) => element(tag, { dir: 'auto', ...attributes, lang: languageOf(value) }, ...marked(value));
    const title = local('title') || String(hit.id ?? '');
    const others = [dressed.title, dressed.title_ko, dressed.title_ja].filter((one) => one && plain(one) !== plain(title));
    const head = element('div', { class: 'head' }, text('span', { class: 'title', part: 'title' }, title));
    if (others.length) head.append(text('span', { class: 'other' }, others[0]));
    if (local('artist')) head.append(text('span', { class: 'artist', part: 'artist' }, local('artist')));
    const meta = [this.#label('kind', hit.kind), hit.year].filter(Boolean).join(' · ');
    const source = typeof hit.source === 'string' && this.#label('source', hit.source);
    const snippet = local('description');
    const foot = element('div', { class: 'foot' });
    if (meta) foot.append(element('span', { part: 'meta' }, meta));
    if (source) foot.append(meta ? ' · ' : '', element('span', { part: 'source' }, source));
    return [head, ...(snippet ? [text('div', { class: 'snippet', part: 'snippet' }, snippet)] : []), foot];
  }

  #showFacets(distribution, focused) {
    const buttons = [];
    for (const name of this.facets) {
      const chosen = this.#filters[name];
      // The commonest. What is chosen stays to be given up, also where nothing has it.
      const found = own(distribution, name) ?? {}, counts = Object.entries(found).sort((a, b) => b[1] - a[1]).slice(0, 8);
      if (chosen !== undefined && !counts.some(([value]) => value === chosen)) counts.unshift([chosen, own(found, chosen) ?? 0]);
      for (const [value, count] of counts) {
        const on = chosen === value;
        const button = element('button', { type: 'button', 'aria-pressed': String(on), 'data-facet': `${name}:${value}` }, `${this.#label(name, value)} `, element('small', {}, String(count)));
        button.addEventListener('click', () => { if (on) delete this.#filters[name]; else this.#filters[name] = value; this.#closed = false; this.#search(this.#input.value); });
        buttons.push(button);
      }
    }
    this.#facets.replaceChildren(...buttons);
    this.#facets.hidden = buttons.length === 0;
    buttons.find((button) => button.dataset.facet === focused)?.focus();
  }

  // ---- Recent searches, on this device only.

  #recentKey() { return `nunmul-recent-${this.index}`; }
  #recent() { try { return JSON.parse(localStorage.getItem(this.#recentKey())) ?? []; } catch { return []; } }
  #remember(query) {
    const text = query.trim();
    if (!text) return;
    try { localStorage.setItem(this.#recentKey(), JSON.stringify([text, ...this.#recent().filter((one) => one !== text)].slice(0, 6))); } catch { /* storage may be refused */ }
  }

  #forget(query) {
    try { localStorage.setItem(this.#recentKey(), JSON.stringify(this.#recent().filter((one) => one !== query))); } catch { /* as above */ }
    this.#showRecent();
  }

  #showRecent() {
    this.#clear();
    const recent = this.#recent();
    this.#status.textContent = '';
    if (!recent.length) { this.close(); return; }
    this.#note.replaceChildren(element('span', {}, this.#texts.recent));
    this.#button(this.#texts.clear, () => { try { localStorage.removeItem(this.#recentKey()); } catch { /* as above */ } });
    this.#note.hidden = false;
    for (const query of recent) this.#addRow(query, { part: 'suggestion', drop: true });
    this.#open();
  }

  // ---- Keys and choices.

  #key(event) {
    // The input method's own keys. A search field would empty itself at Escape. Enter that has its own code is none of
    // them: keyboards of Android compose each word up to the space behind it.
    if (event.keyCode === 229 || (event.isComposing && event.key !== 'Enter')) { if (event.key === 'Escape') event.preventDefault(); return; }
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
    } else if (event.key === 'Delete' && this.#options[this.#active]?.row.querySelector('.drop')) { event.preventDefault(); this.#forget(this.#options[this.#active].query);
    } else if (event.key === 'Enter') {
      if (this.#active >= 0) { event.preventDefault(); this.#choose(this.#active, event); } else this.#submit();
    } else if (event.key === 'Escape') {
      if (!this.#panel.hidden) { event.preventDefault(); this.close(); } else this.value = '';
    }
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
    if (option.query === this.value) { this.#submit(); return; }
    if (option.query !== undefined) { this.value = option.query; this.#typed(); return; }
    this.#remember(this.#input.value);
    // A field at the beginning is an address itself.
    const url = this.#withKey(this.hitUrl.replace(/\{([^}]+)\}/g, (_, name, at) => (at ? encodeURIComponent : String)(option.hit[name] ?? '')));
    if (this.analytics) this.#noteOpened(option.hit);
    const free = this.#tell('nunmul-select', { hit: option.hit, url });
    this.close();
    if (!free || !url || !/^(https?:|\/|[^:]*$)/i.test(url)) return;
    if (event?.ctrlKey || event?.metaKey) window.open(url, '_blank', 'noopener'); else location.assign(url);
  }

  // The request outlives the page that the hit leads away from.
  #noteOpened(hit) {
    fetch(this.#url(`indexes/${encodeURIComponent(this.index)}/nunmul-events`), { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json', ...this.#headers() }, body: JSON.stringify({ query: this.#asked, id: String(hit[this.#idField]) }) }).catch(() => {});
  }

  // To a page of nunmul's own, elsewhere, the key goes along, where no server and no other site sees it.
  #withKey(url) {
    if (!this.key || !url || this.#url('').origin === location.origin) return url;
    const to = new URL(url, document.baseURI);
    return to.href.startsWith(this.#url('entries/').href) ? `${to.href}#key=${encodeURIComponent(this.key)}` : url;
  }

  #submit() {
    const query = this.#input.value;
    this.#remember(query);
    const free = this.#tell('nunmul-submit', { query });
    this.close();
    if (!free) return;
    if (this.resultsUrl) location.assign(this.resultsUrl.replace('{q}', encodeURIComponent(query)));
    else if (this.getAttribute('name')) this.#internals.form?.requestSubmit();
  }
}

if (!customElements.get('nunmul-search')) customElements.define('nunmul-search', NunmulSearch);
