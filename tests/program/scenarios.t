#!/usr/bin/env python3
"""Plays tests/scenarios/*.jsonl through `shouwen simulate' and compares with *.expect.

A line of a .expect file is a JSON object:
  {"template": "ack", "to": "..."}     must appear, after the line that the previous expectation met
  {"never": {...}}                     must appear nowhere in the output
  {"count": 4, "of": {...}}            must appear exactly so often
Only the keys given count; a key that ends in "~" asks for a part of the text.
Lines that start with // are comments.
"""
import glob
import json
import os
import subprocess
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SHOUWEN = os.path.join(os.environ.get("B", "build"), "shouwen")


def fits(want, line):
    for key, value in want.items():
        if key.endswith("~"):
            if value not in str(line.get(key[:-1], "")):
                return False
        elif isinstance(value, list) and isinstance(line.get(key), list):
            if not all(any(fits(w, have) for have in line[key]) for w in value):
                return False
        elif line.get(key) != value:
            return False
    return True


def read(path):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("//"):
                yield number, json.loads(line)


def compare(path, output):
    at = 0
    for number, want in read(path):
        if "never" in want:
            found = [line for line in output if fits(want["never"], line)]
            if found:
                return "%s:%d: must not appear: %s" % (path, number, json.dumps(found[0], ensure_ascii=False))
        elif "count" in want:
            count = sum(1 for line in output if fits(want["of"], line))
            if count != want["count"]:
                return "%s:%d: appears %d times, not %d" % (path, number, count, want["count"])
        else:
            met = next((i for i in range(at, len(output)) if fits(want, output[i])), None)
            if met is None:
                return "%s:%d: nothing after output line %d fits %s" % (
                    path, number, at, json.dumps(want, ensure_ascii=False))
            at = met + 1
    return None


def run(script):
    done = subprocess.run([SHOUWEN, "simulate", "--conf", "conf/demo/shouwen.conf", script],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        return "exit %d: %s" % (done.returncode, done.stderr.decode(errors="replace").strip())
    output = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return compare(script[:-len("jsonl")] + "expect", output)


def main():
    names = sys.argv[1:] or sorted(glob.glob("tests/scenarios/*.jsonl"))
    failed = 0
    print("1..%d" % len(names))
    for i, name in enumerate(names, 1):
        wrong = run(name)
        failed += wrong is not None
        print("%s %d - %s" % ("ok" if wrong is None else "not ok", i, os.path.basename(name)))
        if wrong:
            print("# " + wrong.replace("\n", "\n# "))
    return 1 if failed else 0


sys.exit(main())
