"""``dragoman agreement``: what is exchanged with whom, and why an item does or does not go to a partner."""

from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.terms import terms
from dragoman.cli.who import actor, confirmed, signing
from dragoman.desk import agreements as desk
from dragoman.model.agreement import Agreement, AgreementState, EmbargoMode, Use
from dragoman.model.errors import BadInput
from dragoman.store import agencies, agreements
from dragoman.store.connect import DELIVERIES, LOG, Connection, Waker

agreement = Noun("agreement", help="What is exchanged with whom: propose, accept, end, explain.")
_MANAGER = "partner manager"
_COLUMNS = ("id", "revision", "state", "giver", "taker", "content", "languages", "use", "valid_from", "valid_until")


@agreement.command(
    "propose",
    examples=(
        "dragoman agreement propose TIDE --give --content 'place:Baku' --languages en,ru --use 'own wire'",
        "dragoman agreement propose TIDE --both --from 2026-05-01 --until 2027-05-01 --credit 'en=Source: LNA'",
        "dragoman agreement propose TIDE --give --revises 3fa2 --quota 40",
    ),
)
@click.argument("partner")
@click.option("--give", "direction", flag_value="give", help="We give, they take.")
@click.option("--take", "direction", flag_value="take", help="They give, we take.")
@click.option("--both", "direction", flag_value="both", help="Two proposals, one each way.")
@click.option("--content", help="A query; without it everything.")
@click.option("--languages", help="As in en,ru; without it any.")
@click.option("--kinds", help="As in text,picture.  [default: text]")
@click.option("--use", type=click.Choice(get_args(Use)), help="What the taker may do with it.  [default: own wire]")
@click.option("--embargo", type=click.Choice(get_args(EmbargoMode)), help="hold: not before it lifts; advance: marked.")
@click.option("--delay", "delay_s", type=click.IntRange(min=0), help="Seconds after us.")
@click.option("--quota", "daily_quota", type=click.IntRange(min=0), help="Items a day.")
@click.option("--credit", multiple=True, help="LANGUAGE=LINE, *=LINE for the rest. Repeatable.")
@click.option("--onward/--no-onward", default=None, help="May the taker hand it on?")
@click.option("--translation/--no-translation", default=None, help="May the taker translate it?")
@click.option("--return/--no-return", "returns", default=None, help="May it go to those it has passed through?")
@click.option("--relay", "relays", multiple=True, help="An origin the giver may correct and kill for. Repeatable.")
@click.option("--territory", help="ISO 3166 codes; without it everywhere.")
@click.option("--from", "valid_from", help="A day or a time; without it now.")
@click.option("--until", "valid_until", help="A day or a time; without it, or with `open`, no end.")
@click.option("--document", "documents", multiple=True, help="A document it rests on. Repeatable.")
@click.option("--revises", default="", help="The agreement this is a new revision of: what is not said stays.")
@signing
@click.pass_obj
def propose(
    out: Out,
    /,
    partner: str,
    direction: str | None,
    revises: str,
    as_user: str | None,
    password_file: Path | None,
    returns: bool | None,
    **told: Any,
) -> None:
    """Propose an agreement, signed by us; the partner's node is told.

    One direction is one agreement: the giver, the taker and the terms. A partner without a node signs on paper:
    `agreement settle`.
    """
    given = {name: value for name, value in told.items() if value not in (None, ())}
    if returns is not None:
        given["no_return"] = not returns
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, _MANAGER)
        home = agencies.home(conn)
        base = agreements.agreement(conn, revises).terms if revises else None
        for giver, taker in _ways(home.code, partner, direction, (base.giver, base.taker) if base else None):
            wanted = terms(giver, taker, given, base=base, zone=home.zone, now=now())
            made = desk.propose(conn, here.keyring, wanted, by=by, now=now(), revises=revises)
            out.record(_record(made))


def _ways(home: str, partner: str, direction: str | None, before: tuple[str, str] | None) -> list[tuple[str, str]]:
    give, take = (home, partner), (partner, home)
    ways = {"give": [give], "take": [take], "both": [give, take]}
    if before is not None:
        if direction is not None and ways[direction] != [before]:
            raise BadInput("A revision keeps its direction", f"{before[0]} gives, {before[1]} takes")
        return [before]
    if direction is None:
        raise BadInput("Say who gives", hint="--give, --take or --both.")
    return ways[direction]


@agreement.command("accept", examples=("dragoman agreement accept 3fa2", "dragoman agreement accept 3fa2 --as nigar"))
@click.argument("number", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@signing
@click.pass_obj
def accept(out: Out, number: str, yes: bool, as_user: str | None, password_file: Path | None) -> None:
    """Sign what a partner has offered: from then on it is in force."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, _MANAGER)
        offered = agreements.agreement(conn, number)
        confirmed(f"Sign this for us?\n{_summary(offered)}", yes=yes)
        out.record(_record(desk.accept(conn, here.keyring, offered.id, by=by, now=now())))
        _wake(conn)


@agreement.command("decline", examples=("dragoman agreement decline 3fa2",))
@click.argument("number", metavar="ID")
@signing
@click.pass_obj
def decline(out: Out, number: str, as_user: str | None, password_file: Path | None) -> None:
    """Say no to what a partner has offered."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, _MANAGER)
        out.record(_record(desk.decline(conn, number, by=by, now=now())))


@agreement.command("end", examples=("dragoman agreement end 3fa2",))
@click.argument("number", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@signing
@click.pass_obj
def end(out: Out, number: str, yes: bool, as_user: str | None, password_file: Path | None) -> None:
    """End an agreement now: nothing more goes out under it; kills still reach what was delivered."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, _MANAGER)
        known = agreements.agreement(conn, number)
        confirmed(f"End it now?\n{_summary(known)}", yes=yes)
        out.record(_record(desk.end(conn, known.id, by=by, now=now())))
        _wake(conn)


@agreement.command("settle", examples=("dragoman agreement settle 3fa2 --document 'contract 2026/14, 3 May 2026'",))
@click.argument("number", metavar="ID")
@click.option("--document", required=True, help="The signed paper.")
@signing
@click.pass_obj
def settle(out: Out, number: str, document: str, as_user: str | None, password_file: Path | None) -> None:
    """Bring into force what a partner without a node has signed on paper."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, _MANAGER)
        out.record(_record(desk.settle_unsigned(conn, number, by=by, document=document)))
        _wake(conn)


@agreement.command("list", examples=("dragoman agreement list", "dragoman agreement list --partner TIDE --json"))
@click.option("--partner", default="", help="Only with this agency.")
@click.option("--state", "states", multiple=True, type=click.Choice(get_args(AgreementState)), help="Repeatable.")
@click.pass_obj
def list_(out: Out, partner: str, states: tuple[AgreementState, ...]) -> None:
    """List agreements: the newest revision of each, and what is in force."""
    with newsroom(out) as (_, conn):
        out.records(map(_record, agreements.agreements(conn, partner=partner, states=states)), _COLUMNS)


@agreement.command("show", examples=("dragoman agreement show 3fa2", "dragoman agreement show 3fa2 --revision 1"))
@click.argument("number", metavar="ID")
@click.option("--revision", type=int, help="Without it the newest.")
@click.pass_obj
def show(out: Out, number: str, revision: int | None) -> None:
    """Show an agreement with all its terms and who has signed."""
    with newsroom(out) as (_, conn):
        out.record(_record(agreements.agreement(conn, number, revision)))


@agreement.command(
    "explain", examples=("dragoman agreement explain 17 TIDE", "dragoman agreement explain 17 TIDE --json")
)
@click.argument("item")
@click.argument("agency")
@click.pass_obj
def explain(out: Out, item: str, agency: str) -> None:
    """Say what each agreement says to an item: granted, or the clauses that refuse it."""
    with newsroom(out) as (_, conn):
        found = desk.explain(conn, item, agency, now())
        if not found:
            out.say(f"There is no agreement under which we give to {agency}.")
        records = [
            {
                "agreement": m.agreement,
                "revision": m.revision,
                "agency": m.agency,
                "allowed": m.verdict.allowed,
                "reasons": m.verdict.reasons,
            }
            for m in found
        ]
        out.records(records, ("agreement", "revision", "allowed", "reasons"))


def _record(one: Agreement) -> Record:
    said = msgspec.structs.asdict(one.terms)
    return {
        "id": one.id,
        "revision": one.revision,
        "state": one.state,
        **said,
        "signed_by": sorted(one.signatures),
        "accepted_by": one.accepted_by,
        "predecessor": one.predecessor,
    }


def _summary(one: Agreement) -> str:
    t = one.terms
    until = f"until {t.valid_until:%Y-%m-%d}" if t.valid_until else "without an end"
    return (
        f"  {one.id} revision {one.revision}: {t.giver} gives {t.taker} {', '.join(t.kinds)}"
        f" in {', '.join(t.languages) or 'any language'}: {t.content or 'everything'}\n"
        f"  use: {t.use}; from {t.valid_from:%Y-%m-%d} {until}"
    )


def _wake(conn: Connection) -> None:
    Waker(conn).wake(DELIVERIES, LOG)
