#!/usr/bin/python3
"""What the documents say is there: files, log lines, options, exit codes."""
import glob
import os
import re
import subprocess
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), '../..'))
build = os.environ.get('B', 'build')
count = 0


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def check(name, wrong):
    global count
    count += 1
    print('not ok' if wrong else 'ok', count, '-', name)
    for line in wrong:
        print('#', line)


def sources(*folders):
    return [path for folder in folders for path in glob.glob(folder + '/*.c')]


def missing_files():
    """Paths in backquotes in one of our folders; x.c stands for any file."""
    top = {name for name in os.listdir('.') if not name.startswith('.') and name != build}
    for document in ['README.md'] + glob.glob('docs/*.md'):
        for path in re.findall(r'`([A-Za-z0-9_/.*-]+)`', read(document)):
            if path.split('/')[0] in top and '/' in path and not path.endswith('/x.c') \
                    and not glob.glob(path) and not glob.glob(path + '.[ch]'):
                yield f'{document}: {path}'


def missing_log_lines():
    told = read('docs/OPERATIONS.md')
    for path in sources('daemon', 'desk'):
        text = read(path)
        names = re.findall(r'log_event\(\s*LOG_LEVEL_(?!DEBUG)\w+,\s*"(\w+)"', text)
        names += re.findall(r'desk_note\(\s*desk,\s*[^"]*?NOTE_\w+[^"]*?,\s*"(\w+)"', text)
        for name in names:
            if f'at={name}' not in told:
                yield f'{path}: at={name} is not in docs/OPERATIONS.md'


def verbs():
    return re.findall(r'^\t\{ "(\w+)", cli_', read('cli/main.c'), re.M)


def missing_options():
    """Each verb and each option of --help stands in the man page."""
    pages = [(read('man/shouwen.1'), [f'{build}/shouwen', verb, '--help'], verb) for verb in verbs()]
    pages.append((read('man/shouwend.8'), [f'{build}/shouwend', '--help'], None))
    for page, command, verb in pages:
        if verb and not re.search(rf'^\.Cm .*\b{verb}\b', page, re.M) and not re.search(rf'^\.It Cm {verb}\b', page, re.M):
            yield f'{verb} is not in its man page'
        text = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
        for option in set(re.findall(r'--([a-z-]+[a-z])', text)):
            if not re.search(rf'Fl (. )?(, )?-{option}\b', page):
                yield f'{" ".join(command)}: --{option} is not in its man page'


def missing_targets():
    targets = re.findall(r'^([a-z-]+):', read('Makefile'), re.M)
    for document in ['README.md'] + glob.glob('docs/*.md'):
        for line in re.findall(r'(?:^|`|&& |sudo )make ([a-z-]+)', read(document), re.M):
            if line not in targets:
                yield f'{document}: make {line}'


check('every file that a document names is there', list(missing_files()))
check('every log line is explained', list(missing_log_lines()))
check('every verb and option is in a man page', list(missing_options()))
check('every make target that a document names is there', list(missing_targets()))
print(f'1..{count}')
