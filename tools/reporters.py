#!/usr/bin/env python3
"""Writes the table of reporters by which citations are recognized, from Free Law Project's reporters-db.

    python3 -m venv V && V/bin/pip install reporters-db==3.2.67
    V/bin/python tools/reporters.py > transforms/src/main/resources/dev/cairn/transforms/caselaw/reporters.tsv

A line is a way to write a reporter, the edition that it means, and the years of its first and last volumes (empty: not
known, or still printed). One way may mean several editions: the year of a citation decides. Left out are spellings of one
or two letters that are not the edition's own name, which are initials more often than reporters, and short forms ("at")."""
import reporters_db

HEADER = f"""# Reporters of case law: as written, edition, first year, last year.
# Facts from reporters-db {__import__('importlib.metadata').metadata.version('reporters-db')} of the Free Law Project (BSD-2-Clause, https://github.com/freelawproject/reporters-db),
# in a form of our own: made by tools/reporters.py, not edited by hand."""


def year(edition, name):
    return str(edition[name])[:4] if edition.get(name) else ""


def main():
    rows = set()
    for reporters in reporters_db.REPORTERS.values():
        for r in reporters:
            for name, edition in r["editions"].items():
                rows.add((name, name, year(edition, "start"), year(edition, "end")))
            for written, name in r["variations"].items():
                letters = sum(c.isalpha() for c in written)
                if name in r["editions"] and not written.endswith(" at") and (letters > 2 or any(c.isdigit() for c in written)):
                    edition = r["editions"][name]
                    rows.add((written, name, year(edition, "start"), year(edition, "end")))
    print(HEADER)
    for row in sorted(rows):
        print("\t".join(row))


if __name__ == "__main__":
    main()
