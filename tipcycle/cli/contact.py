"""How positions are reached: show it, change an address, let another stand in."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_json, add_year, day, ended, now, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three sub-verbs."""
    verbs = parser.add_subparsers(dest="contact_verb", metavar="VERB", required=True)
    show = verbs.add_parser("show", help="how the positions of a post are reached now")
    show.add_argument("post", help="a post by name or id")
    add_year(show)
    add_at(show)
    add_json(show)
    change = verbs.add_parser("change", help="give a position a new address from a day on")
    change.add_argument("position", help="such as dakar.action-officer")
    change.add_argument("--channel", choices=["email", "cable", "slack"], default="email")
    change.add_argument("--address", required=True, help="the new address")
    _add_deed(change)
    stand_in = verbs.add_parser("delegate", help="let another position get its messages for a while")
    stand_in.add_argument("position", help="such as dakar.action-officer")
    stand_in.add_argument("--to", required=True, metavar="POSITION", help="who stands in")
    stand_in.add_argument("--until", type=day, required=True, metavar="DATE", help="the last day, inclusive")
    _add_deed(stand_in)


def _add_deed(parser: argparse.ArgumentParser) -> None:
    add_year(parser)
    parser.add_argument(
        "--from", dest="since", type=day, required=True, metavar="DATE", help="the first day, inclusive"
    )
    parser.add_argument("--reason", required=True, help="why")
    parser.add_argument("--by", required=True, metavar="POSITION", help="who approves, such as gtip.action-officer")
    parser.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """The preview, and with --yes the deed."""
    at = parsed.at or now()
    if parsed.contact_verb == "show":
        return _show(parsed)
    from tipcycle.operations.change_contact import change_contact, delegate

    if parsed.contact_verb == "change":
        change = change_contact(
            parsed.report_year,
            position=parsed.position,
            channel=parsed.channel,
            address=parsed.address,
            from_on=parsed.since,
            reason=parsed.reason,
            approver=parsed.by,
            at=at,
            preview=not parsed.yes,
        )
    else:
        change = delegate(
            parsed.report_year,
            position=parsed.position,
            to=parsed.to,
            from_on=parsed.since,
            until_on=parsed.until,
            reason=parsed.reason,
            approver=parsed.by,
            at=at,
            preview=not parsed.yes,
        )
    for line in change.lines:
        print(line)
    return ended(parsed, "done" if change.done else "", change.to_sign)


def _show(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.read_contacts import read_contacts

    found = read_contacts(parsed.report_year, parsed.post, parsed.at or now())
    if parsed.json:
        print_json(found)
        return 0
    for seat in found["positions"]:
        print(f"{seat['position']}  {seat['title']}")
        for channel, address in seat["addresses"].items():
            print(f"    {channel:<6} {address}")
        for one in seat["recorded"]:
            what = f"{one['channel']} {one['address']}" if one["address"] else f"{one['delegate']} stands in"
            print(
                f"    from {one['from']} until {one['until'] or 'changed'}: {what} ({one['reason']}; {one['approver']})"
            )
    return 0
