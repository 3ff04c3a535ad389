#!/usr/bin/python3
"""Takes each rule out of the program and expects its scenario to fail.

usage: tests/mutate/run.py [RULE...]      (make mutate: all of rules.table)

A row's source file is changed, compiled alone and linked in front of the library, so a rule costs a second or two.
Environment: B, the build; COMPILE and LINK, the commands of that build (make mutate gives them).
"""
import concurrent.futures
import importlib.machinery
import importlib.util
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
os.chdir(ROOT)
BUILD = pathlib.Path(os.environ.get("B", "build"))
WORK = BUILD / "mutate"
TABLE = pathlib.Path("tests/mutate/rules.table")
# The rules of the desk's conduct and of its digest; the others are about meetings and visits.
RULES = ["R%d" % n for n in [*range(1, 28), 30, 31, *range(39, 54)]]


def load_scenarios():
    """tests/program/scenarios.t, which judges a scenario."""
    loader = importlib.machinery.SourceFileLoader("scenarios", "tests/program/scenarios.t")
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("scenarios", loader))
    loader.exec_module(module)
    return module


SCENARIOS = load_scenarios()


class Broken(Exception):
    """The row itself is wrong, or its program cannot be run."""


class Hunk:
    def __init__(self, source):
        self.source, self.old, self.new = pathlib.Path(source), [], []

    def apply(self, text):
        old, new = "\n".join(self.old) + "\n", "".join(line + "\n" for line in self.new)
        if ("\n" + text).count("\n" + old) != 1:
            raise Broken("stands %d times in %s, not once:\n%s" % (text.count(old), self.source, old))
        return ("\n" + text).replace("\n" + old, "\n" + new)[1:]


class Row:
    def __init__(self, number, rule, source):
        self.number, self.rule = number, rule
        self.hunks, self.proofs = [Hunk(source)], []

    def name(self):
        return "%s (%s:%d)" % (self.rule, TABLE, self.number)

    def mutated(self):
        """Path and text of each changed file."""
        changed = {}
        for hunk in self.hunks:
            text = changed.get(hunk.source) or hunk.source.read_text(encoding="utf-8")
            changed[hunk.source] = hunk.apply(text)
        return changed


def read_table():
    """Rows, and the rules that are shown elsewhere."""
    rows, elsewhere = [], []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        word = line.split(" ", 1)
        if line[:1] == "-":
            rows[-1].hunks[-1].old.append(line[1:])
        elif line[:1] == "+":
            rows[-1].hunks[-1].new.append(line[1:])
        elif word[0] == "and":
            rows[-1].hunks.append(Hunk(word[1]))
        elif word[0] == "rule":
            rows.append(Row(number, *word[1].split()))
        elif word[0] in ("scenario", "test"):
            rows[-1].proofs += [(word[0], name) for name in word[1].split()]
        elif word[0] == "elsewhere":
            elsewhere.append(word[1])
        elif line.strip() and line[0] != "#":
            sys.exit("%s:%d: neither rule, and, -, +, scenario, test, elsewhere nor #: %s" % (TABLE, number, line))
    return rows, elsewhere


def call(command, what):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Broken("does not %s:\n%s" % (what, done.stderr[:2000]))


def link(folder, changed, first, name, more):
    program = folder / name
    call(shlex.split(os.environ["LINK"]) + ["-o", str(program), str(first)] + changed + more + [str(BUILD / "libshouwen.a")] + shlex.split(os.environ["LIBS"])
         + (["-lcmocka"] if more else []), "link")
    return program


def build(row, folder):
    """The objects of the changed files."""
    objects = []
    for source, text in row.mutated().items():
        changed = folder / source.name
        changed.write_text(text, encoding="utf-8")
        objects.append(str(changed.with_suffix(".o")))
        call(shlex.split(os.environ["COMPILE"]) + ["-w", "-c", "-o", objects[-1], str(changed)], "compile")
    return objects


def play(name, program):
    """What of the scenario went wrong, or None."""
    script = "tests/scenarios/%s.jsonl" % name
    if not os.path.exists(script):
        raise Broken("no such scenario: " + script)
    wrong = SCENARIOS.run(script, str(program))
    if wrong and wrong.startswith("exit -"):
        raise Broken("dies of it in %s: %s" % (name, wrong))
    return wrong


def run_test(name, program):
    done = subprocess.run([str(program)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
                          check=False, env=dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP"))
    failed = [line for line in done.stdout.splitlines() if line.startswith("not ok")]
    if done.returncode < 0:
        raise Broken("%s dies of it" % name)
    return failed[0].split(" - ", 1)[1] if failed else None


def show(row):
    """How the row was caught, or None."""
    folder = WORK / ("%s-%d" % (row.rule, row.number))
    folder.mkdir(parents=True, exist_ok=True)
    compiled = build(row, folder)
    for kind, name in row.proofs:
        if kind == "scenario":
            wrong = play(name, link(folder, compiled, BUILD / "cli/main.o", "shouwen", []))
            if wrong:
                return "%s (%s)" % (name, wrong.splitlines()[0].split(": ")[0].rsplit("/", 1)[-1])
        else:
            support = sorted(str(path) for path in (BUILD / "tests/support").glob("*.o"))
            wrong = run_test(name, link(folder, compiled, BUILD / ("tests/%s.o" % name), "test", support))
            if wrong:
                return "%s (%s)" % (name, wrong)
    return None


def judge(row):
    try:
        caught = show(row)
    except Broken as error:
        return False, "%s: %s" % (row.name(), error)
    except subprocess.TimeoutExpired:
        return False, "%s: does not end" % row.name()
    if caught is None:
        return False, "%s SURVIVES %s" % (row.name(), ", ".join(name for _, name in row.proofs))
    return True, "%s caught by %s" % (row.rule, caught)


def main():
    rows, elsewhere = read_table()
    wanted = set(sys.argv[1:])
    unknown = wanted - {row.rule for row in rows}
    if unknown:
        sys.exit("%s has no row for %s" % (TABLE, ", ".join(sorted(unknown))))
    named = {row.rule for row in rows} | {line.split(":")[0] for line in elsewhere}
    absent = [rule for rule in RULES if rule not in named]
    rows = [row for row in rows if not wanted or row.rule in wanted]
    passed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for good, text in pool.map(judge, rows):
            passed += good
            print(text, flush=True)
    failed = len(rows) - passed
    if not wanted:
        print("".join("%s\n" % line for line in elsewhere), end="")
        print("".join("%s has no row in %s\n" % (rule, TABLE) for rule in absent), end="")
        failed += len(absent)
    print("%d passed, %d failed" % (passed, failed))
    return 0 if failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
