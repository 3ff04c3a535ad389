#!/usr/bin/env python3
"""How well the desk understands labelled messages, and reads real mails.

usage: tests/words/score.py [-v] [--check] [--shouwen PROGRAM] [--conf FILE] [FILE...]

A FILE holds one JSON object a line: what `shouwen classify` reads, with
"expect" (the fields of the answer; "alt" in it holds other values that are as
good) and "id".  Without FILE: the sets of tests/words/floors.json, and the
real mails of ../shared/corpora with their own scorer.
-v names the messages that are wrong.  --check fails when a figure is worse
than its floor in floors.json.
"""
import argparse
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FLOORS = os.path.join(HERE, "floors.json")
CORPORA = os.path.join(HERE, "../../../shared/corpora")
SLOWEST_SECONDS = 1  # of any one mail
FIELDS = ["kind", "category", "severity", "location", "agitated", "is_reply",
          "commands", "case_no", "emergency", "language"]


def understand(arguments, path):
    with open(path, encoding="utf-8") as file:
        wanted = [json.loads(line) for line in file if line.strip()]
    lines = "".join(json.dumps(want, ensure_ascii=False) + "\n" for want in wanted)
    run = subprocess.run([arguments.shouwen, "classify", "--conf", arguments.conf],
                         input=lines.encode(), stdout=subprocess.PIPE, check=True)
    got = [json.loads(line) for line in run.stdout.decode().splitlines()]
    if len(got) != len(wanted):
        sys.exit(f"{path}: {len(got)} answers to {len(wanted)} messages")
    return list(zip(wanted, got))


def accepted(expect, field):
    return [expect[field]] + expect.get("alt", {}).get(field, [])


def alarm_is_wrong(expect, answer):
    """"missed", "false alarm" or None."""
    if "severity" not in expect or answer["severity"] in accepted(expect, "severity"):
        return None
    if expect["severity"] == "emergency":
        return "missed"
    return "false alarm" if answer["severity"] == "emergency" else None


def score(pairs, verbose):
    """Each figure as [n, of]: how many missed, how many right."""
    figures = {"missed": [0, 0], "false_alarms": [0, 0]}
    for want, answer in pairs:
        expect, wrong = want["expect"], []
        alarm = alarm_is_wrong(expect, answer)
        if "severity" in expect:
            name = "missed" if expect["severity"] == "emergency" else "false_alarms"
            figures[name][0] += alarm is not None
            figures[name][1] += 1
        if alarm:
            wrong.append(alarm.upper())
        for field in FIELDS:
            if field not in expect:
                continue
            figure = figures.setdefault(field, [0, 0])
            right = answer[field] in accepted(expect, field)
            figure[0] += right
            figure[1] += 1
            if not right:
                wrong.append(f"{field} {short(answer[field])} not {short(expect[field])}")
        if verbose and wrong:
            text = " / ".join(filter(None, [want.get("subject"), want.get("body")]))
            print(f"  {want.get('id', '?')}: {'; '.join(wrong)}\n      {text[:300]!r}")
    return figures


def short(value):
    if isinstance(value, dict):
        return "-".join(f"{key}:{part}" for key, part in value.items() if part)
    return json.dumps(value, ensure_ascii=False)


def print_figures(path, count, figures):
    print(f"{os.path.relpath(path)}: {count} messages")
    for name, (n, of) in figures.items():
        if of:
            print(f"  {name.replace('_', ' '):14} {n:4}/{of:<4} {100 * n / of:5.1f} %")


def below_floor(name, figures, floors):
    """What is worse than floors.json allows, as sentences."""
    for field, floor in floors.items():
        n, of = figures.get(field, [0, 0])
        share = 100 * n / of if of else 0
        worst = field in ("missed", "false_alarms")
        if share > floor if worst else share < floor:
            yield f"{name}: {field} {n}/{of} = {share:.1f} %, allowed: {'at most' if worst else 'at least'} {floor} %"


# The best published results of any program on the whole of the corpus (issue 5).
BEST = {"autoreply": 88, "bounce": 93.8, "charset": 81.1, "forward": 96.7, "parse": 88.5, "reply": 68.9, "torture": 99.7}


def read_corpus(arguments):
    """Figures by kind of mail, as the corpus scorer prints them, and the slowest mail's seconds."""
    command = [sys.executable, "score.py", "--corpus", "open.jsonl", "--root", ".",
               "--batch", f"{os.path.abspath(arguments.shouwen)} parse --batch"]
    run = subprocess.run(command, cwd=CORPORA, stdout=subprocess.PIPE, check=True)
    rows = [line.split() for line in run.stdout.decode().splitlines()]
    rows = [row for row in rows if len(row) > 8 and row[1].isdigit() and row[2].isdigit()]
    return {row[0]: [int(row[2]), int(row[1])] for row in rows}, slowest_mail(arguments)


def slowest_mail(arguments):
    """The longest that one mail takes in a reader that is running, and its name."""
    paths = []
    for folder, _, names in os.walk(os.path.join(CORPORA, "raw")):
        paths += [os.path.join(folder, name) for name in names]
    reader = subprocess.Popen([arguments.shouwen, "parse", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    slowest = (0.0, "")
    for path in sorted(paths):
        start = time.monotonic()
        reader.stdin.write(path.encode() + b"\n")
        reader.stdin.flush()
        reader.stdout.readline()
        slowest = max(slowest, (time.monotonic() - start, os.path.basename(path)))
    reader.communicate()
    return slowest


def print_reader(figures, slowest):
    print(f"../shared/corpora: {sum(of for _, of in figures.values())} mails             best published, whole corpus")
    for name, (n, of) in figures.items():
        print(f"  {name:14} {n:4}/{of:<4} {100 * n / of:5.1f} %    {BEST.get(name, '-'):>5} %")
    print(f"  slowest mail   {slowest[0]:.3f} s  {slowest[1]}")


def score_corpus(arguments, floors):
    if not os.path.exists(os.path.join(CORPORA, "score.py")):
        print("../shared/corpora: skipped, it is not there")
        return []
    figures, slowest = read_corpus(arguments)
    print_reader(figures, slowest)
    failures = list(below_floor("../shared/corpora", figures, floors))
    if slowest[0] > SLOWEST_SECONDS:
        failures.append(f"../shared/corpora: {slowest[1]} took {slowest[0]:.2f} s, allowed: {SLOWEST_SECONDS} s")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--shouwen", default=os.path.join(os.environ.get("B", "build"), "shouwen"))
    parser.add_argument("--conf", default="conf/demo/shouwen.conf")
    parser.add_argument("file", nargs="*")
    arguments = parser.parse_args()
    with open(FLOORS, encoding="utf-8") as file:
        floors = json.load(file)
    top = os.path.dirname(os.path.dirname(HERE))
    failures = []
    for name in arguments.file or floors["words"]:
        path = name if arguments.file else os.path.join(top, name)
        if not arguments.file and not os.path.exists(path):
            print(f"{name}: skipped, it is not there")
            continue
        pairs = understand(arguments, path)
        figures = score(pairs, arguments.verbose)
        print_figures(path, len(pairs), figures)
        failures += below_floor(name, figures, floors["words"].get(name, {}))
    if not arguments.file:
        failures += score_corpus(arguments, floors["reader"])
    if arguments.check:
        for failure in failures:
            print(failure)
        sys.exit(1 if failures else 0)


main()
