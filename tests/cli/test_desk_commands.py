"""Copy at the command line: found, shown, corrected, held, released, killed; who may, and who is written down."""

from cli_run import Desk

REASON = ("--reason", "The harbour master denies it.")


def test_items_are_listed_newest_first_and_by_query(desk: Desk) -> None:
    older = desk.file("urn:lna:ferry-1", "Ferry leaves on time")
    newer = desk.file("urn:lna:ferry-2", "Паром ушёл вовремя", language="ru")
    found = [line["item"] for line in desk.ok("item", "list")]
    assert found.index(newer) < found.index(older)
    only = desk.ok("item", "list", "language:ru")
    assert newer in [line["item"] for line in only]
    assert {line["language"] for line in only} == {"ru"}


def test_a_query_that_cannot_be_read_says_where(desk: Desk) -> None:
    said = desk.run("item", "list", "urgency:<<", "--json")
    assert said.code == 2
    assert said.error["title"]
    assert said.out == ""


def test_an_item_is_shown_with_its_rights_and_deliveries(desk: Desk) -> None:
    number = desk.file("urn:lna:bridge", "Bridge closes for the night")
    (shown,) = desk.ok("item", "show", number)
    assert shown["uri"] == "urn:lna:bridge"
    assert shown["ninjs"]["headlines"][0]["value"] == "Bridge closes for the night"
    assert shown["rights"] == []
    assert shown["deliveries"] == []
    assert desk.ok("item", "show", "urn:lna:bridge")[0]["item"] == number


def test_a_correction_says_what_was_wrong_and_is_a_version(desk: Desk) -> None:
    number = desk.file("urn:lna:toll", "Toll rises to five")
    done = desk.ok("item", "correct", number, "--headline", "Toll rises to four", "--reason", "It is four, not five.")
    assert done[0]["act"] == "correct"
    newest, first = desk.ok("item", "versions", number)
    assert newest["headline"] == "Toll rises to four"
    assert newest["reason"] == "It is four, not five."
    assert newest["by"].startswith("os:")
    assert first["version"] == "1"


def test_a_correction_that_changes_nothing_is_refused(desk: Desk) -> None:
    number = desk.file("urn:lna:same", "The same again")
    assert desk.run("item", "correct", number, "--headline", "The same again", "--reason", "None.").code == 2


def test_a_named_user_gives_his_password(desk: Desk) -> None:
    number = desk.file("urn:lna:named", "Ferry line to be sold")
    desk.ok("item", "hold", number, *REASON, *desk.as_user("leyla"))
    assert desk.ok("item", "versions", number)[0]["by"] == "leyla"


def test_a_role_that_is_not_enough_is_refused(desk: Desk) -> None:
    number = desk.file("urn:lna:role", "Ferry line sold")
    desk.ok("item", "hold", number, *REASON)
    said = desk.run("item", "release", number, "--reason", "Confirmed.", *desk.as_user("leyla"))
    assert said.code == 5
    assert desk.ok("item", "release", number, "--reason", "Confirmed.", *desk.as_user("oskar"))[0]["state"] == "usable"


def test_a_kill_takes_two_people_and_each_ones_password(desk: Desk) -> None:
    number = desk.file("urn:lna:kill", "Mayor resigns", text="<p>The mayor has resigned.</p>")
    kill = ("item", "kill", number, *REASON, "--yes")

    assert desk.run(*kill).code == 2  # nobody is named
    assert desk.run(*kill, *desk.as_user("leyla")).code == 5  # an editor may not
    assert desk.run(*kill, *desk.as_user("nobody")).code == 5

    (first,) = desk.ok(*kill, *desk.as_user("oskar"))
    assert first["act"] == "hold"
    assert first["state"] == "held"
    assert "second person" in first["waits_for"]

    again = desk.run(*kill, *desk.as_user("oskar"), "--json")
    assert again.code == 5
    assert again.error["kept"] == "The hold."

    (second,) = desk.ok(*kill, *desk.as_user("ayten"))
    assert second["act"] == "kill"
    assert second["state"] == "killed"
    assert "resigned" not in desk.run("item", "show", number, "--json").out
    assert "resigned" not in desk.run("item", "versions", number, "--json").out


def test_a_kill_is_not_done_by_the_wrong_password(desk: Desk) -> None:
    number = desk.file("urn:lna:guess", "Council meets")
    wrong = desk.folder.parent / "wrong"
    wrong.write_text("not the password")
    said = desk.run("item", "kill", number, *REASON, "--yes", "--as", "oskar", "--password-file", wrong)
    assert said.code == 5
    assert desk.ok("item", "show", number)[0]["state"] == "usable"


def test_a_dangerous_act_is_not_done_unasked(desk: Desk) -> None:
    number = desk.file("urn:lna:unasked", "Council rises")
    said = desk.run("item", "kill", number, *REASON, *desk.as_user("oskar"))
    assert said.code == 2
    assert "--yes" in said.err
    assert desk.ok("item", "show", number)[0]["state"] == "usable"


def test_the_raw_bytes_of_copy_our_desk_made_are_not_there(desk: Desk) -> None:
    number = desk.file("urn:lna:raw", "Lock gate repaired")
    assert desk.run("item", "raw", number).code == 4


def test_export_gives_every_item_in_use_and_no_held_one(desk: Desk) -> None:
    kept = desk.file("urn:lna:export-1", "Market opens early")
    held = desk.file("urn:lna:export-2", "Market closes late")
    desk.ok("item", "hold", held, *REASON)
    target = desk.folder.parent / "market.jsonl"
    assert desk.run("export", "market", "--output", target).code == 0
    lines = target.read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert '"urn:lna:export-1"' in lines[0]
    assert desk.run("export", "market", "--output", target).code == 1  # never over a file that is there
    assert kept != held
    assert desk.run("export", "market").out.strip() == lines[0]
