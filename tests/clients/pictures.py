#!/usr/bin/python3
"""Takes the pictures of the documents from mails of the demo's played day.

usage: KEEP_MAILS=PAGES tests/demo/run.sh --once build; tests/clients/pictures.py PAGES FOLDER"""
import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / 'demo'))
import browser  # noqa: E402

# Name of the picture, what the mail's title says, whose it is, width, dark or not.
PICTURES = (
    ('new-case-phone', r'新工单', 'lin', 360, False),
    ('acknowledgement-dark', r'received your message', 'smith', 360, True),
    ('weekly-digest', r'周报', 'wu', 720, False),
)


def main():
    pages, folder = map(pathlib.Path, sys.argv[1:3])
    folder.mkdir(parents=True, exist_ok=True)
    missing = []
    with browser.Browser() as chromium:
        for name, title, user, width, dark in PICTURES:
            mails = sorted(pages.glob(f'{user}-*.html'))
            page = next((mail for mail in mails if re.search(f'<title>.*{title}', mail.read_text(encoding='utf-8'))), None)
            if page is None:
                missing.append(name)
                continue
            chromium.open(page.resolve().as_uri())
            chromium.picture(folder / f'{name}.png', width, dark)
    for name in missing:
        print(f'no mail for {name}', file=sys.stderr)
    return 1 if missing else 0


sys.exit(main())
