"""Turns what PyGithub's own tests recorded of GitHub's traffic into lines of JSON, one for each request with its answer.

    python recorded.py ARCHIVE FILE

ARCHIVE is PyGithub's source distribution, FILE is what is written. Every conversation in `tests/ReplayData` is eleven lines
each: scheme, verb, host, port, path, headers, body, status, the answer's headers, its body, and an empty one.
"""

import ast
import json
import sys
import tarfile


def conversations(text):
    lines = text.split("\n")
    at = 0
    while at + 9 < len(lines):
        scheme, verb, _, _, path, _, _, status, headers, body = lines[at : at + 10]
        if scheme not in ("http", "https"):
            at += 1
            continue
        at += 10
        headers = ast.literal_eval(headers)
        pairs = headers.items() if isinstance(headers, dict) else headers
        yield {
            "verb": verb,
            "path": path,
            "status": int(status),
            "headers": [[name.lower(), str(value)] for name, value in pairs],
            "body": body,
        }


def main(archive, target):
    count = 0
    with tarfile.open(archive) as held, open(target, "w", encoding="utf-8") as out:
        for member in sorted(held.getmembers(), key=lambda member: member.name):
            if "/tests/ReplayData/" not in member.name or not member.isfile():
                continue
            text = held.extractfile(member).read().decode("utf-8")
            for row in conversations(text):
                out.write(json.dumps({"file": member.name.rsplit("/", 1)[1], **row}) + "\n")
                count += 1
    print(f"{count} recorded answers")


main(*sys.argv[1:])
