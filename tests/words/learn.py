#!/usr/bin/env python3
"""Learns the hints of danger from the labelled messages.

usage: tests/words/learn.py [FILE...] > conf/words/hints.conf

Each FILE holds labelled messages (see score.py); without one, the sets of
tests/words.  Pieces of words that stand more often in emergencies than
elsewhere get a weight by logistic regression: one and two Han characters,
Latin words by their beginnings, and the marks ? and !.  What is printed to standard error comes
from cross-validation: how many emergencies the hints alone would find, and
how many false alarms they would make, in messages that they were not
learnt from.
"""
import collections
import glob
import json
import math
import os
import random
import re
import sys
import textwrap
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
FOLDS, ROUNDS, RATE, DECAY, FEWEST, STEM = 10, 30, 0.3, 5e-2, 2, 5
SCALE = 5    # of the weights in the file, which are whole numbers up to 9
DAMPING = 20  # core/classify_weigh.c: HINT_DAMPING, HINT_TENTHS
POINTS = 1.2


# They say how somebody writes, not of what.
EMPTY = set("的 了 是 在 有 我 你 他 她 它 们 也 就 都 和 与 及 这 那 儿 子 个 来 去 着 咗 喺 嚟 像 里 边 得 地 上 下 一".split()) | set(
    "the a an and of to in on at is are was were be been am i he she it we you they my our your his her its this that"
    " these those there here for with from by as have has had do does did not no so but or if can could will would"
    " me us them who what which just very too".split())


def simplified():
    """The pairs of core/han.c: texts are matched in simplified characters."""
    pairs = {}
    with open(os.path.join(TOP, "core/han.c"), encoding="utf-8") as file:
        for row in re.findall(r'\t"([^"]+)"', file.read()):
            pairs.update(zip(row[::2], row[1::2]))
    return str.maketrans(pairs)


def pieces(text, table):
    text = unicodedata.normalize("NFKC", text).lower().translate(table)
    found = {mark for mark in "?!" if mark in text}
    for run in re.findall(r"[\u3400-\u9fff\U00020000-\U0003ffff]+", text):
        found.update(run[i:i + n] for n in (1, 2) for i in range(len(run) - n + 1))
    for word in re.findall(r"[a-z][a-z']*", text):
        found.add(word[:STEM] + "*" if len(word) > STEM else word)
    for first, second in re.findall(r"(?=\b([a-z][a-z']*) ([a-z][a-z']*))", text):
        found.add(first + " " + (second[:STEM] + "*" if len(second) > STEM else second))
    return {piece for piece in found if not set(piece.split()) <= EMPTY}


def read(paths, table):
    messages = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                message = json.loads(line)
                severity = message["expect"].get("severity", "")
                if severity == "" or message.get("from_role") == "staff":
                    continue
                text = f"{message.get('subject') or ''}\n{message.get('body') or ''}"
                messages[text] = severity == "emergency"
    return [(sorted(pieces(text, table)), is_emergency) for text, is_emergency in messages.items()]


def sum_of(weights, found, damping=0):
    known = [weights[piece] for piece in found if piece in weights]
    return sum(known) / math.sqrt(len(known) + damping) if known else 0


def learn(examples):
    often = collections.Counter(piece for found, _ in examples for piece in found)
    rows = [([p for p in found if often[p] >= FEWEST], y) for found, y in examples]
    weights = {piece: 0.0 for piece, n in often.items() if n >= FEWEST}
    bias, chance = 0.0, random.Random(1)
    for turn in range(ROUNDS):
        chance.shuffle(rows)
        rate = RATE / (1 + turn * 0.1)
        for found, y in rows:
            z = bias + sum_of(weights, found)
            step = (y - 1 / (1 + math.exp(-max(-30, min(30, z))))) * rate
            bias += step * 0.1
            length = math.sqrt(len(found)) or 1
            for piece in found:
                weights[piece] += step / length - rate * DECAY * weights[piece]
    return weights


def whole(weights):
    rounded = {p: max(-9, min(9, round(w * SCALE))) for p, w in weights.items()}
    return {p: w for p, w in rounded.items() if w}


def validate(examples):
    """How many of each get so many points by hints learnt without them."""
    points = {True: [], False: []}
    for fold in range(FOLDS):
        weights = whole(learn([e for i, e in enumerate(examples) if i % FOLDS != fold]))
        for found, y in examples[fold::FOLDS]:
            points[y].append(sum_of(weights, found, DAMPING) * POINTS)
    for least in (1, 2, 3, 4):
        shares = [100 * sum(p >= least for p in points[y]) / len(points[y]) for y in (True, False)]
        print(f"{least} points: {shares[0]:.1f} % of {len(points[True])} emergencies,"
              f" {shares[1]:.1f} % of {len(points[False])} others", file=sys.stderr)


def print_list(weights, subject):
    for weight in range(9, 0, -1):
        sign = weight if subject == "danger" else -weight
        words = sorted(p for p, w in weights.items() if w == sign)
        if words:
            print(f"[hint {subject} {weight}]")
            # A line ends between words, not inside one of two parts.
            lines = textwrap.wrap(", ".join(w.replace(" ", "\0") for w in words), 110,
                                  break_long_words=False, break_on_hyphens=False)
            print("\n".join(lines).replace("\0", " "))


def main():
    paths = sys.argv[1:] or sorted(glob.glob(os.path.join(HERE, "*.jsonl")))
    examples = read(paths, simplified())
    random.Random(2).shuffle(examples)
    validate(examples)
    weights = whole(learn(examples))
    print("# Pieces of words that stand for danger or for calm in the labelled messages.\n"
          "# Written by tests/words/learn.py: not by hand. Together they are worth a few\n"
          "# points for or against an alarm (see core/classify_weigh.c).\n")
    print_list(weights, "danger")
    print_list(weights, "calm")


if __name__ == "__main__":
    main()
