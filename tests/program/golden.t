#!/bin/sh
# Every text in every language is as it was last looked at, and the words to translate are those of the tables.
# After a change: make golden, and read the difference.
set -u
cd "$(dirname "$0")/../.." || exit 1
GOLDEN=check exec "${B:-build}/tests/desk/test_golden"
