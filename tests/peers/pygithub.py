"""PyGithub, which nobody here wrote, as a second client of the forge that the tests play with.

    python pygithub.py INTERFACE REPOSITORY ACT [WORD...]

Writes what came of it to standard output as JSON; what PyGithub cannot understand is an exception. The token is in
GH_TOKEN.
"""

import json
import os
import sys

from github import Auth, Github, GithubException


def seen(pull):
    """Everything that PyGithub reads of a pull request."""
    head = pull.base.repo.get_commit(pull.head.sha)
    combined = head.get_combined_status()
    return {
        "number": pull.number,
        "title": pull.title,
        "text": pull.body,
        "state": "merged" if pull.merged else pull.state,
        "head": pull.head.sha,
        "branch": pull.head.ref,
        "base": pull.base.ref,
        "author": pull.user.login,
        "merged_by": pull.merged_by and pull.merged_by.login,
        "labels": [label.name for label in pull.get_labels()],
        "asked": [user.login for user in pull.requested_reviewers],
        "commits": [[commit.sha, commit.commit.message.strip()] for commit in pull.get_commits()],
        "reviews": [
            [review.id, review.user.login, review.state, review.commit_id, review.submitted_at.isoformat(), review.body]
            for review in pull.get_reviews()
        ],
        "remarks": [
            [remark.user.login, remark.path, remark.line, remark.body] for remark in pull.get_review_comments()
        ],
        "comments": [[comment.user.login, comment.body] for comment in pull.get_issue_comments()],
        "statuses": [[status.context, status.state, status.description] for status in combined.statuses],
        "stands": combined.state,
    }


def main(interface, name, act, *words):
    # One client by itself waits for nobody, and what goes wrong is not tried again.
    forge = Github(
        base_url=interface,
        auth=Auth.Token(os.environ["GH_TOKEN"]),
        retry=None,
        seconds_between_requests=None,
        seconds_between_writes=None,
    )
    repository = forge.get_repo(name)
    if act == "open":
        branch, title, text = words
        return seen(repository.create_pull(base="main", head=branch, title=title, body=text))
    pull = repository.get_pull(int(words[0]))
    match act, words[1:]:
        case "read", []:
            return seen(pull)
        case "review", [event, text]:
            return pull.create_review(commit=repository.get_commit(pull.head.sha), event=event, body=text).id
        case "comment", [text]:
            return pull.create_issue_comment(text).id
        case "status", [context, state, text]:
            return repository.get_commit(pull.head.sha).create_status(state, description=text, context=context).context
        case "merge", [sha, method]:
            answer = pull.merge(sha=sha, merge_method=method, commit_title="Merge it", commit_message="By PyGithub")
            return {"merged": answer.merged, "sha": answer.sha}
    raise SystemExit(f"no such act: {act} {words}")


try:
    print(json.dumps(main(*sys.argv[1:])))
except GithubException as refused:
    print(json.dumps({"refused": refused.status, "said": refused.data.get("message")}))
