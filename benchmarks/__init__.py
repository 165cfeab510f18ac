"""Our build beside those of Hugo, Pelican and Eleventy: ``make bench``."""
