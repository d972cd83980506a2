"""Writes python-json.tsv: a command as UTF-16 code units in hexadecimal, and what json.dumps makes of it.

Run with any Python 3: python3 python-json.py > python-json.tsv
"""
import json
import random

commands = ["", "command1", "echo \"hi\" \\ / '", "tab\tline\nreturn\rform\fback\b", "Запланированная задача: отчёт",
            "中文 日本語 한국어", "emoji 😀 👩‍👩‍👧 𝔘", "<a href='x'>&amp;</a>", "\ud800 alone \udfff", "\udc00\ud800", "]]>\u2028\u2029\ufeff\uffff"]
commands += [chr(c) for c in range(0x180)]
random.seed(20261120)
for _ in range(400):
    top = random.choice([0x80, 0x100, 0x800, 0x10000, 0x110000])
    commands.append("".join(chr(random.randrange(top)) for _ in range(random.randrange(1, 12))))

for command in commands:
    # surrogatepass keeps halves of pairs; a pair of halves is one character to Java and json.dumps alike
    print(command.encode("utf-16-be", "surrogatepass").hex(), json.dumps({"command": command}), sep="\t")
