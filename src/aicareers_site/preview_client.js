// The preview in the browser: fetches what has changed, and shows what is wrong.
(() => {
  "use strict";
  const OWN = "/__preview/";
  const PLACE = "aicareers-preview-place";
  let said = document.currentScript.dataset;
  let told = "[]";
  let number = 0;
  let source = null;
  let shadow = null;

  const listen = () => {
    source?.close();
    const { seen = "", styles = "", followed = "" } = said;
    const asked = new URLSearchParams({ page: location.pathname, seen, styles, followed });
    source = new EventSource(`${OWN}events?${asked}`);
    source.addEventListener("reload", refresh);
    source.addEventListener("open", ({ data }) => location.assign(JSON.parse(data)));
    source.addEventListener("styles", ({ data }) => restyle(JSON.parse(data)));
    source.addEventListener("problems", ({ data }) => {
      // What has been closed stays closed until there is something else to say.
      if (data !== told) tell(JSON.parse(data));
      told = data;
    });
  };

  // A page that runs no scripts of its own is exchanged in place, which is quicker and steadier
  // than to load it again.
  const refresh = async () => {
    const mine = ++number;
    try {
      const answer = await fetch(location.pathname + location.search);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== number) return;
      const isSteady = isPlain(document) && isPlain(fresh) && styles(document) === styles(fresh);
      if (isSteady) exchange(fresh);
      else reload();
    } catch {
      reload();
    }
  };

  const isPlain = (page) =>
    [...page.scripts].every(
      ({ type, src }) =>
        ["application/ld+json", "speculationrules"].includes(type) ||
        new URL(src || "/", location).pathname.startsWith(OWN),
    );

  const VERSION = /\.[0-9a-f]{10}(?=\.css$)/;

  const styles = (page) =>
    [...new Set(
      [...page.querySelectorAll('link[rel~="stylesheet"]')].map(
        (link) => new URL(link.getAttribute("href"), location).pathname.replace(VERSION, ""),
      ),
    )].join();

  const HEAD = "title, meta, link:not([rel~=stylesheet])";

  const exchange = (fresh) => {
    const script = fresh.querySelector(`script[src^="${OWN}"]`);
    said = { ...script.dataset, styles: said.styles };
    for (const old of document.head.querySelectorAll(HEAD)) old.remove();
    document.head.append(...fresh.head.querySelectorAll(HEAD));
    for (const part of ["documentElement", "body"]) {
      for (const { name } of [...document[part].attributes]) document[part].removeAttribute(name);
      for (const { name, value } of fresh[part].attributes) document[part].setAttribute(name, value);
    }
    document.body.replaceChildren(...fresh.body.childNodes);
    if (shadow) document.body.append(shadow.host);
    mark();
  };

  const reload = () => {
    source.close();
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  };

  const returnToPlace = () => {
    const kept = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
    if (kept?.[0] === location.pathname) {
      scrollTo({ left: kept[1], top: kept[2], behavior: "instant" });
    }
  };

  // The old style stays until the new one is there, so that nothing flickers.
  const restyle = (version) => {
    said = { ...said, styles: version };
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("v", version);
      const fresh = old.cloneNode();
      fresh.href = address.href;
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => old.remove());
      old.after(fresh);
    }
  };

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  // Apart from the page, whose styles must not reach in here nor ours out.
  const put = (part) => {
    if (!shadow) {
      const host = element("aicareers-preview", { hidden: "" });
      const style = element("link", { rel: "stylesheet", href: `${OWN}client.css` });
      for (const end of ["load", "error"]) {
        style.addEventListener(end, () => host.removeAttribute("hidden"));
      }
      shadow = host.attachShadow({ mode: "open" });
      shadow.append(style);
      document.body.append(host);
    }
    shadow.append(part);
  };

  const item = (problem) =>
    element(
      "li",
      {},
      element("p", { class: "place" }, element("a", { href: problem.link }, problem.place)),
      element("p", { class: "message" }, problem.message),
      ...(problem.excerpt ? [element("pre", { tabindex: "0" }, problem.excerpt)] : []),
      ...(problem.hint ? [element("p", { class: "hint" }, `Hint: ${problem.hint}`)] : []),
      ...(problem.related ? [element("p", { class: "related" }, `See also: ${problem.related}`)] : []),
      explanation(problem),
    );

  const explanation = ({ label, meaning, why, mend, wrong, right }) =>
    element(
      "details",
      {},
      element("summary", {}, `What ${label} means`),
      element("p", {}, meaning),
      element("p", {}, `Why it matters: ${why}`),
      element("p", {}, `How to mend it: ${mend}`),
      element("p", {}, "Wrong:"),
      element("pre", { tabindex: "0" }, wrong),
      element("p", {}, "Right:"),
      element("pre", { tabindex: "0" }, right),
    );

  const tell = (problems) => {
    shadow?.querySelector("section")?.remove();
    if (!problems.length) return;
    const isEmpty = "empty" in document.documentElement.dataset;
    const behind = isEmpty ? "" : "The page behind is the last one without errors. ";
    const close = element("button", { type: "button" }, "Close");
    const words = problems.length === 1 ? "One error" : `${problems.length} errors`;
    const panel = element(
      "section",
      { role: "alert", "aria-labelledby": "heading" },
      element(
        "header",
        {},
        element("h2", { id: "heading" }, words),
        element("p", {}, behind + "This goes when they are mended."),
        close,
      ),
      element("ol", {}, ...problems.map(item)),
    );
    close.addEventListener("click", () => panel.remove());
    put(panel);
  };

  const mark = () => {
    shadow?.querySelector("aside")?.remove();
    if (said.ribbon) put(element("aside", { "aria-label": "Preview" }, said.ribbon));
  };

  mark();
  returnToPlace();
  listen();
  // A browser has few connections to a host: tabs that nobody sees do without, and catch up.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) source.close();
    else listen();
  });
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", ({ persisted }) => persisted && listen());
})();
