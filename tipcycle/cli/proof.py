"""What a post was asked, told and reminded of, and what it answered."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_json, add_year, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The post, by name or id."""
    parser.add_argument("post", help='a post by name or id, such as Dakar or "Abu Dhabi"')
    add_year(parser, required=False)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Everything the ledger holds about the post."""
    from tipcycle.operations.read_proof import read_proof

    proof = read_proof(parsed.post, parsed.report_year)
    if parsed.json:
        print_json(proof)
        return 0
    print(f"{proof['post']} ({proof['bureau']}, {proof['time_zone']}), cycle {proof['report_year']}")
    for limit in proof["two_year_limit"]:
        print(f"\ntwo-year limit {limit['country']}: {limit['because']} [{limit['source']}]")
    for request in proof["action_requests"]:
        print(f"\naction request {request['country']}: sent {request['sent_at'] or 'not yet'}")
        if request["waits_because"]:
            print(f"  waits for clearance: {request['waits_because']}; run: {request['clear_with']}")
    for one in proof["obligations"]:
        late = " late" if one["late"] else ""
        print(f"\n{one['step']} {one['country']}: {one['standing']}{late}")
        print(f"  asked {one['asked_at'] or 'not yet'}, due {one['due_at']} (plan v{one['plan_version']})")
        if one["answered_at"]:
            print(f"  answered {one['answered_at']}")
        for said in one["answers"]:
            print(f"  said {said['answered_at']} by {said['position']}: {said['in_words']}")
            if said["note"]:
                print(f"       {said['note']}")
        if one["paused_until"]:
            print(f"  reminders are paused until {one['paused_until']}")
        for notice in one["notices"]:
            told = f"{notice['state']} {notice['decided_at'] or ''} {notice['reason']}".rstrip()
            print(f"  {notice['rung']:+4d} {notice['position']:<28} due {notice['due_at']}  {told}")
        for rung in one["rungs_left_out"]:
            print(f"  {rung['rung']:+4d} {rung['position']:<28} not compiled: {rung['reason']}")
    return 0
