"""Pick-ups of one item at the command line: from whom, by whom, how much, credited or not."""

from cli_run import Desk

from dragoman.store import reuse

TEXT = "The harbour council of Lindholm agreed on Monday to raise the ferry tariff by four per cent from May."


def test_both_sides_of_a_pickup_are_told(desk: Desk) -> None:
    source, user = desk.file("urn:lna:tariff", "Ferry tariff rises"), desk.file("urn:lna:again", "Ferries dearer")
    for number, text in ((source, TEXT), (user, f"{TEXT} It rained all day.")):
        written = desk.folder.parent / f"{number}.txt"
        written.write_text(text, "utf-8")
        desk.ok("item", "correct", number, "--text-file", written, "--kind", "update", "--reason", "More of it.")
    with desk.store() as conn:
        while reuse.look(conn, 50):
            pass
    [told] = desk.ok("item", "pickups", user)
    assert [one["source"]["item"] for one in told["taken"]] == [source]
    assert told["taken"][0]["credited"] is None
    said = desk.run("item", "pickups", source).out
    assert f"by\t{user}\t" in said
    assert "its own" in said
