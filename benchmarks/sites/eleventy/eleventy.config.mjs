// Eleventy's settings for the benchmark.

import rss from "@11ty/eleventy-plugin-rss";
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
import contents from "eleventy-plugin-toc";
import MarkdownIt from "markdown-it";
import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";

const PAGE_SIZE = 12;
const TAXONOMIES = { topics: "topics", categories: "category", authors: "author" };

const newestFirst = (api) => api.getFilteredByGlob("src/blog/*.md").reverse();

// Each taxonomy with its terms, and each term with its articles.
function taxonomies(api) {
  return Object.entries(TAXONOMIES).map(([name, key]) => {
    const terms = new Map();
    for (const article of newestFirst(api)) {
      for (const term of [article.data[key]].flat()) {
        if (!terms.has(term)) terms.set(term, []);
        terms.get(term).push(article);
      }
    }
    const sorted = [...terms].sort(([a], [b]) => (a < b ? -1 : 1));
    return { name, terms: sorted.map(([term, articles]) => ({ name, term, articles })) };
  });
}

const terms = (api) => taxonomies(api).flatMap((taxonomy) => taxonomy.terms);

// Eleventy pages one list; these are the pages of many.
function termPages(api) {
  return terms(api).flatMap(({ name, term, articles }) => {
    const count = Math.ceil(articles.length / PAGE_SIZE);
    return Array.from({ length: count }, (_, index) => ({
      name,
      term,
      count,
      number: index + 1,
      articles: articles.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
    }));
  });
}

const longDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

export default function (config) {
  config.setLibrary(
    "md",
    new MarkdownIt({ html: true, typographer: true }).use(anchor).use(footnote),
  );
  config.addPlugin(highlight);
  config.addPlugin(contents, { tags: ["h2", "h3"] });
  config.addPlugin(rss);
  config.addCollection("articles", newestFirst);
  config.addCollection("taxonomies", taxonomies);
  config.addCollection("terms", terms);
  config.addCollection("termPages", termPages);
  config.addFilter("longDate", (date) => longDate.format(date));
  config.addFilter("isoDate", (date) => date.toISOString().slice(0, 10));
  config.addFilter("minutes", (html) => Math.ceil(html.split(/\s+/).length / 230));
  return {
    dir: { input: "src" },
    markdownTemplateEngine: false,
    templateFormats: ["md", "njk"],
  };
}
