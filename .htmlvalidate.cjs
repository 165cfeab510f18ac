// html-validate checks every page of the built site: tests/site/test_html_validity.py.

module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // HTML knows both; the templates write it in lower case, like every other word of markup.
    "doctype-style": ["error", { style: "lowercase" }],
    // The theme's own ids have a colon or a full stop, so that no heading's id can be one of them.
    "valid-id": ["error", { relaxed: true }],
    // A title ends with the site's name, after what matters; search engines cut where they like.
    "long-title": "off",
    // What scrolls within a table's own edges is a region that has the focus, no section of the text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // The comparison's form is never sent: its script acts on each choice at once.
    "wcag/h32": "off",
  },
};
