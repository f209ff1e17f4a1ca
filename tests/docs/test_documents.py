"""The documents say what is true: every setting, command, term and link."""

import ast
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

import dragoman
from dragoman import cli, config
from dragoman.cli import reference
from dragoman.formats import mapping
from dragoman.model import arrival, delivery, version
from dragoman.roles.supervisor import ROLES

ROOT = Path(__file__).parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
OPERATE = (ROOT / "docs/operate.md").read_text()
TERMS = re.findall(r"^\| ([a-z -]+) \|", (ROOT / "docs/terms.md").read_text(), re.MULTILINE)[1:]


@pytest.mark.parametrize("setting", config.settings(), ids=lambda setting: setting.name)
def test_every_setting_is_described(setting: config.Described) -> None:
    assert f"| `{setting.name}` |" in OPERATE


def test_the_reference_of_commands_is_what_the_commands_say() -> None:
    assert (ROOT / "docs/commands.md").read_text() == reference.page()


def test_the_tables_of_the_formats_are_what_the_formats_say() -> None:
    document = (ROOT / "docs/standards.md").read_text()
    assert document == mapping.renewed(document)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_described(role: str) -> None:
    assert re.search(rf"^\| ([a-z-]+, )*{role}(, [a-z-]+)* \|", OPERATE, re.MULTILINE)


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
        if "://" not in link:
            assert (document.parent / link).exists(), link


@pytest.mark.parametrize("decision", sorted(ROOT.glob("docs/decisions/*.md")), ids=lambda path: path.stem)
def test_a_decision_fits_a_page_and_says_what_was_given_up(decision: Path) -> None:
    text = decision.read_text()
    assert len(text.splitlines()) <= 40
    assert all(f"**{word}**" in text for word in ("Question.", "Choice.", "What we gave up."))


def test_the_map_names_every_package() -> None:
    packages = {path.parent.name for path in (ROOT / "src/dragoman").glob("*/__init__.py")}
    modules = {path.stem for path in (ROOT / "src/dragoman").glob("*.py")} - {"__init__", "__main__"}
    named = set(re.findall(r"[a-z]+", dragoman.__doc__ or ""))
    assert packages | modules <= named


def test_the_readme_fits_one_screen_and_its_make_targets_exist() -> None:
    text = (ROOT / "README.md").read_text()
    assert len(text.splitlines()) <= 50
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"^    make ([a-z-]+)", text, re.MULTILINE)) <= targets


def test_the_readme_commands_exist_with_their_options() -> None:
    known = {path for path, _ in cli.commands()}
    lines = re.findall(r"^    dragoman (.+)$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert lines
    for line in lines:
        words = line.split()
        assert words[0] in known or " ".join(words[:2]) in known, line


def test_terms_are_in_order_and_once() -> None:
    assert sorted(set(TERMS)) == TERMS


def test_the_words_of_the_model_are_terms() -> None:
    nouns = {
        "Agency",
        "Bureau",
        "Correspondent",
        "Item",
        "Dateline",
        "Version",
        "Arrival",
        "Unit",
        "Agreement",
        "Terms",
        "Grant",
        "Verdict",
        "Channel",
        "Delivery",
        "Receipt",
        "Story",
        "Headline",
        "Hop",
        "Correction",
    }
    defined = {
        node.name
        for path in (ROOT / "src/dragoman/model").glob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef)
    }
    assert nouns <= defined
    assert {noun.lower() for noun in nouns} <= set(TERMS)


def test_the_acts_and_unit_states_are_described() -> None:
    acts = TERMS_TEXT.split("| act |")[1].splitlines()[0]
    assert all(act in acts for act in get_args(version.VersionAct))
    unit = TERMS_TEXT.split("| unit |")[1].splitlines()[0]
    assert all(state in unit for state in get_args(arrival.UnitState) if state != "kept")
    feed = TERMS_TEXT.split("| feed |")[1].splitlines()[0]
    assert all(kind in feed for kind in get_args(arrival.FeedKind))
    channel = TERMS_TEXT.split("| channel |")[1].splitlines()[0]
    assert all(kind in channel for kind in get_args(delivery.ChannelKind))


TERMS_TEXT = (ROOT / "docs/terms.md").read_text()


def test_the_sample_settings_file_knows_every_setting() -> None:
    from dragoman.cli.template import settings_text

    text = settings_text("127.0.0.1:8080", "", ())
    uncommented = re.sub(r"^# ([a-z_]+ = )", r"\1", text, flags=re.MULTILINE)
    for setting in config.settings():
        assert re.search(rf"^{setting.name.rpartition('.')[2]} = ", uncommented, re.MULTILINE), setting.name
    tomllib.loads(text)


def test_no_document_speaks_of_anything_but_dragoman() -> None:
    for document in DOCS:
        assert not re.search(r"/work/|localhost:\d+/simple|/root/", document.read_text()), document
