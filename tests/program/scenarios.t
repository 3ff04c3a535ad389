#!/usr/bin/env python3
"""Plays tests/scenarios/*.jsonl through `shouwen simulate' and compares with *.expect.

A line of a .expect file is a JSON object:
  {"template": "ack", "to": "..."}     must appear, after the line that the previous expectation met
  {"never": {...}}                     must appear nowhere in the output
  {"count": 4, "of": {...}}            must appear exactly so often
  {"same": "text", "of": {...}}        all that fit have the same text, byte for byte, and there are two or more
  {"each": {...}, "then": {...}, "within": 300}
                                       after each that fits, so many seconds later at most, comes the other about its case
  {"options": ["-o", "undo_seconds=60"]}  the script is played with these (they stand first)
Only the keys given count; a key that ends in "~" asks for a part of the text.
Lines that start with // are comments.
"""
import datetime
import glob
import json
import os
import subprocess
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SHOUWEN = os.path.join(os.environ.get("B", "build"), "shouwen")
WHOLE = {"never", "count", "same", "each", "options"}


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


def at_of(line):
    return datetime.datetime.fromisoformat(line["at"])


def has_sequel(output, i, want):
    """What must follow line i does."""
    limit = at_of(output[i]) + datetime.timedelta(seconds=want["within"])
    return any(fits(want["then"], line) and line.get("case") == output[i].get("case") and at_of(line) <= limit
               for line in output[i + 1:] if "at" in line)


def compare_whole(want, output):
    """Expectations about the output as a whole; what is wrong, or None."""
    if "options" in want:
        return None
    if "never" in want:
        found = [line for line in output if fits(want["never"], line)]
        return found and "must not appear: %s" % json.dumps(found[0], ensure_ascii=False)
    if "count" in want:
        count = sum(1 for line in output if fits(want["of"], line))
        return count != want["count"] and "appears %d times, not %d" % (count, want["count"])
    if "same" in want:
        texts = [line.get(want["same"]) for line in output if fits(want["of"], line)]
        return (len(texts) < 2 or len(set(texts)) > 1) and "these differ: %s" % texts
    alone = [i for i, line in enumerate(output) if fits(want["each"], line) and not has_sequel(output, i, want)]
    return alone and "nothing follows %s" % json.dumps(output[alone[0]], ensure_ascii=False)


def read(path):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("//"):
                yield number, json.loads(line)


def compare(path, output):
    at = 0
    for number, want in read(path):
        if WHOLE & want.keys():
            wrong = compare_whole(want, output)
            if wrong:
                return "%s:%d: %s" % (path, number, wrong)
        else:
            met = next((i for i in range(at, len(output)) if fits(want, output[i])), None)
            if met is None:
                return "%s:%d: nothing after output line %d fits %s" % (
                    path, number, at, json.dumps(want, ensure_ascii=False))
            at = met + 1
    return None


def run(script, shouwen=SHOUWEN):
    expect = script[:-len("jsonl")] + "expect"
    options = next((want["options"] for _, want in read(expect) if "options" in want), [])
    done = subprocess.run([shouwen, "simulate", "--conf", "conf/demo/shouwen.conf", *options, script],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        return "exit %d: %s" % (done.returncode, done.stderr.decode(errors="replace").strip())
    output = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    return compare(expect, output)


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


if __name__ == "__main__":
    sys.exit(main())
