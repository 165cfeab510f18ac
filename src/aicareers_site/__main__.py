"""``python -m aicareers_site`` is ``aicareers``."""

from aicareers_site.cli import main

if __name__ == "__main__":
    main(prog_name="aicareers")
