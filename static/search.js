// Readers search the site; the address keeps what they ask, as in ?q=visa&country=Canada, so that
// it can be sent to others. Pagefind's script reads the index, here in the browser.

const AT_ONCE = 10;
const PAUSE = 150; // milliseconds without a key press after which the search begins
const RANKING = { metaWeights: { title: 7, description: 1.5, aliases: 5, date: 0 } };

const form = document.getElementById("search");
const status = form.querySelector("[role=status]");
const field = form.elements.q;
const filters = [...form.querySelectorAll("select")];
const results = document.getElementById("results");
const more = document.getElementById("more");
const ways = document.getElementById("ways");

let engine;
let turn = 0; // of the latest search: the results of earlier ones come too late
let timer;

function load() {
  engine ??= import(form.dataset.engine).then(async (pagefind) => {
    await pagefind.destroy(); // what an earlier attempt may have left
    await pagefind.options({ ranking: RANKING, noWorker: true });
    await pagefind.init();
    await pagefind.filters();
    return pagefind;
  });
  return engine;
}

function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

// An excerpt is text in which <, > and nothing else is written as HTML wants it, with <mark> tags.
function marked(excerpt) {
  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return excerpt
    .split(/<\/?mark>/)
    .map((text, place) => (place % 2 ? make("mark", "", plain(text)) : plain(text)));
}

function result({ url, meta, excerpt }, term) {
  const link = make("a", "", meta.title);
  link.href = url;
  const text = term ? ["… ", ...marked(excerpt), " …"] : [meta.description ?? ""];
  return make(
    "li",
    "card",
    make(
      "div",
      "card-words",
      make("p", "label", meta.category ?? ""),
      make("h2", "card-title", link),
      make("p", "card-text", ...text),
    ),
    make("p", "card-date", meta.date ?? ""),
  );
}

async function show(found, term, mine) {
  const from = results.children.length;
  const data = await Promise.all(found.slice(from, from + AT_ONCE).map((one) => one.data()));
  if (mine !== turn) return;
  results.append(...data.map((one) => result(one, term)));
  more.hidden = results.children.length >= found.length;
  more.onclick = async () => {
    await show(found, term, mine);
    results.children[from + AT_ONCE]?.querySelector("a").focus();
  };
}

function fill(select, counts = {}) {
  const { value } = select;
  const names = Object.keys(counts).filter((name) => counts[name] && name !== value);
  if (value) names.push(value);
  names.sort((one, other) => one.localeCompare(other));
  if (select.name === "year") names.reverse();
  const options = names.map((name) => new Option(`${name} (${counts[name] ?? 0})`, name));
  select.replaceChildren(select.options[0], ...options);
  select.value = value;
}

const asked = (but) =>
  Object.fromEntries(
    filters.filter((one) => one.value && one !== but).map((one) => [one.name, one.value]),
  );

const asksSomething = () => Boolean(field.value.trim() || Object.keys(asked()).length);

function say(count, term) {
  const words = term ? ` for “${term}”` : "";
  if (count) return `${count} ${count === 1 ? "result" : "results"}${words}.`;
  const advice = Object.keys(asked()).length ? "Take away a filter" : "Try other words, or fewer";
  return `Nothing found${words}. ${advice}, or look through the lists below.`;
}

async function search() {
  const mine = ++turn;
  const term = field.value.trim();
  const nothing = !asksSomething();
  try {
    if (!nothing && !engine) status.textContent = "Loading the index.";
    const pagefind = await load();
    const find = (but) => pagefind.search(term || null, { filters: asked(but) });
    const found = await find();
    // What a filter offers does not depend on its own choice.
    const counts = await Promise.all(
      filters.map(async (one) => (one.value ? await find(one) : found).filters[one.name]),
    );
    if (mine !== turn) return;
    filters.forEach((one, place) => fill(one, counts[place]));
    results.replaceChildren();
    more.hidden = true;
    status.textContent = nothing ? "" : say(found.results.length, term);
    ways.hidden = !nothing && found.results.length > 0;
    if (!nothing) await show(found.results, term, mine);
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    engine = undefined;
    results.replaceChildren();
    ways.hidden = false;
    more.hidden = true;
    status.textContent = "The index cannot be loaded. Try again, or look through the lists below.";
  }
}

function address() {
  const found = new URL(location.href);
  for (const { name, value } of [field, ...filters]) {
    if (value.trim()) found.searchParams.set(name, value.trim());
    else found.searchParams.delete(name);
  }
  return found;
}

function read() {
  const given = new URLSearchParams(location.search);
  field.value = given.get("q") ?? "";
  for (const one of filters) {
    const value = given.get(one.name) ?? "";
    if (![...one.options].some((option) => option.value === value)) one.add(new Option(value));
    one.value = value;
  }
  ways.hidden = asksSomething();
}

function go() {
  clearTimeout(timer);
  if (address().href !== location.href) history.pushState(null, "", address());
  search();
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    history.replaceState(null, "", address());
    search();
  }, PAUSE);
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !field.value) return;
  event.preventDefault();
  field.value = "";
  go();
});

form.addEventListener("change", ({ target }) => {
  if (target !== field) go();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go();
});

addEventListener("popstate", () => {
  read();
  search();
});

form.hidden = false;
read();
if (asksSomething()) {
  search();
} else {
  // The index is loaded when a reader stirs: who only looks at the lists does not pay for it.
  const waiting = new AbortController();
  const begin = () => {
    waiting.abort();
    search();
  };
  for (const sign of ["focusin", "keydown", "pointerdown", "pointermove", "scroll"]) {
    addEventListener(sign, begin, { passive: true, signal: waiting.signal });
  }
}
