#!/usr/bin/env bash
# Runs the workflow that `desk setup ci github` writes, with act and without a container: a sound push passes, also in a
# shallow copy, and an error in an article fails the job with an annotation.
#
#   tests/peers/workflow.sh PROGRAM NEWSROOM     with a built desk; without one ("") the action builds its own
#
# NEWSROOM is a git repository in which the workflow is written and saved in a commit.
set -euo pipefail
program="$1"
room="$2"
# act takes a folder whole, so it gets what git keeps and not what was built.
source="$(mktemp -d)"
shallow="$(mktemp -d)"
trap 'rm -rf "$source" "$shallow"' EXIT
(cd "$(dirname "$0")/../.." && git ls-files -z | tar --create --null --files-from - | tar --extract --directory "$source")

# The first action in FILE whose name ends so, with the commit that it is pinned to.
pinned() { sed -n "s|^.*uses: \([^ ]*$1@[^ ]*\).*|\1|p" "$2" | head -n 1; }
action="$(pinned /desk "$room/.github/workflows/desk.yml")"
cache="$(pinned /cache "$source/action.yml")"

# push BEFORE AFTER: what the workflow says of a push from one commit to the other.
push() {
    local event
    event="$(mktemp)"
    printf '{"before":"%s","after":"%s","repository":{"default_branch":"main"}}' "$1" "$2" >"$event"
    (cd "$room" && act push --eventpath "$event" --platform ubuntu-24.04=-self-hosted --action-offline-mode \
        --no-cache-server --local-repository "$action=$source" --local-repository "$cache=$source/tests/peers/cache" \
        ${program:+--env "DESK_PROGRAM=$program"} --workflows .github/workflows/desk.yml 2>&1)
}

save() { git -C "$room" add --all && git -C "$room" commit --quiet --message "$1" && git -C "$room" rev-parse HEAD; }

before="$(git -C "$room" rev-parse HEAD)"
mkdir -p "$room/articles/2026/07/ferry"
article="$room/articles/2026/07/ferry/index.md"
printf '+++\ntitle = "Ferry fares rise"\ndate = 2026-07-25T09:00:00Z\ndraft = true\n+++\nFares rise in May.\n' >"$article"
sound="$(save "articles: ferry")"
said="$(push "$before" "$sound")" || { printf '%s\n' "$said" >&2 && echo "a sound push fails" >&2 && exit 1; }
git clone --quiet --depth 1 "file://$room" "$shallow/room"
printf '+++\ntitle = "Ferry fares rise"\ndate = "soon\n+++\nFares rise in May.\n' >"$article"
broken="$(save "articles: a quotation mark too few")"
if said="$(push "$sound" "$broken")"; then
    printf '%s\n' "$said" >&2 && echo "a push with an error passes" >&2 && exit 1
fi
case "$said" in
*"::error "*) ;;
*) printf '%s\n' "$said" >&2 && echo "it fails without an annotation" >&2 && exit 1 ;;
esac
said="$(room="$shallow/room" push "$before" "$sound")" ||
    { printf '%s\n' "$said" >&2 && echo "a shallow copy fails" >&2 && exit 1; }
echo "act: a sound push passes, also in a shallow copy, and one with an error fails"
